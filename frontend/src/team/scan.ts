import { useState } from "react";
import { attach, hashOf, type Subject } from "../attachment/attach";

const partBytes = 512 * 1024;

/** What a scan may be. */
export const scans = ".pdf,.jpg,.jpeg,.png";

/** Sends the scan that a paper, a note or a letter names by its hash; what is there already is not sent again, a broken line is waited for. */
export async function sendScan(to: Subject, file: File, progress: (sent: number) => void): Promise<void> {
  const told = { named: () => {}, sent: progress, cut: () => {} };
  await attach(to, partBytes, [], file, told, new AbortController().signal);
}

export type Scan = ReturnType<typeof useScan>;

/**
 * The scan of what is about to be brought: chosen, named by its hash in the act, and sent once the act has made what
 * it belongs to. send answers whether it arrived; where no file was chosen there is nothing to miss.
 */
export function useScan() {
  const [file, choose] = useState<File>();
  const [sent, setSent] = useState<number>();
  return {
    file,
    choose,
    /** The bytes that have gone, from when they began to go. */
    sent,
    hash: async () => (file ? await hashOf(file) : ""),
    send: async (to: Subject): Promise<boolean> => {
      if (!file) return true;
      setSent(0);
      return sendScan(to, file, setSent).then(
        () => true,
        () => false,
      );
    },
  };
}
