import { attach, hashOf, type Subject } from "../attachment/attach";

export { hashOf };

const partBytes = 512 * 1024;

/** Sends the scan that a paper, a note or a letter names by its hash; what is there already is not sent again, a broken line is waited for. */
export async function sendScan(to: Subject, file: File, progress: (sent: number) => void): Promise<void> {
  const told = { named: () => {}, sent: progress, cut: () => {} };
  await attach(to, partBytes, [], file, told, new AbortController().signal);
}
