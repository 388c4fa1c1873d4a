import { attach, hashOf } from "../attachment/attach";

export { hashOf };

const partBytes = 512 * 1024;

/** Sends the scan that a paper names by its hash; what is there already is not sent again, a broken line is waited for. */
export async function sendScan(paper: string, file: File, progress: (sent: number) => void): Promise<void> {
  const told = { named: () => {}, sent: progress, cut: () => {} };
  await attach({ kind: "paper", subject: paper }, partBytes, [], file, told, new AbortController().signal);
}
