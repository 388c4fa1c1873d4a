import { useRef, useState } from "react";
import { say } from "../words/i18n";
import { newKey } from "./client";
import { type Problem, Refused } from "./problem";

/** An act as it goes: what it was refused for, whether it is under way. */
export type Act<A extends unknown[]> = {
  problem: Problem | null;
  busy: boolean;
  run: (...args: A) => Promise<void>;
  clear: () => void;
};

/**
 * An act that is done at once or says that it was not; nothing waits for a line. The key is kept while the same is
 * asked again, so that what was done although its answer was lost is not done twice.
 */
export function useAct<A extends unknown[], T>(act: (key: string, ...args: A) => Promise<T>, done?: (result: T) => unknown): Act<A> {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const asked = useRef({ what: "", key: "" });
  return {
    problem,
    busy,
    clear: () => setProblem(null),
    run: async (...args) => {
      if (busy) return;
      const what = JSON.stringify(args);
      if (asked.current.what !== what || asked.current.key === "") asked.current = { what, key: newKey() };
      setBusy(true);
      try {
        const result = await act(asked.current.key, ...args);
        asked.current.key = "";
        setProblem(null);
        await done?.(result);
      } catch (error) {
        setProblem(
          error instanceof Refused
            ? { ...error.problem }
            : { type: "about:blank", code: "unreached", title: say("shell.no-line"), status: 503 },
        );
      } finally {
        setBusy(false);
      }
    },
  };
}
