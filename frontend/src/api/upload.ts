import { activeLanguage } from "../words/i18n";
import { type Problem, Refused, Unreached } from "./problem";

/**
 * Sends a file as it is, telling how much of it went: fetch cannot tell that yet. later: what is done with it is not
 * waited for; the answer is a run. Throws Refused or Unreached.
 */
export function upload<T>(
  path: string,
  file: File,
  progress: (sent: number) => void,
  signal: AbortSignal,
  { later = false } = {},
): Promise<T> {
  return new Promise((resolve, reject) => {
    const x = new XMLHttpRequest();
    x.open("POST", `/api/v1${path}`);
    x.responseType = "json";
    x.setRequestHeader("Accept-Language", activeLanguage());
    x.setRequestHeader("Idempotency-Key", crypto.randomUUID());
    x.setRequestHeader("Content-Type", file.type || "application/octet-stream");
    if (later) {
      x.setRequestHeader("Prefer", "respond-async");
      x.setRequestHeader("Content-Description", encodeURIComponent(file.name.slice(0, 60)));
    }
    x.upload.onprogress = (e) => progress(e.loaded);
    x.onload = () =>
      x.status < 300
        ? resolve(x.response as T)
        : reject(new Refused((x.response as Problem) ?? { type: "about:blank", code: "fault", title: x.statusText, status: x.status }));
    x.onerror = () => reject(new Unreached(x.statusText));
    x.onabort = () => reject(new DOMException("stopped", "AbortError"));
    signal.addEventListener("abort", () => x.abort());
    x.send(file);
  });
}
