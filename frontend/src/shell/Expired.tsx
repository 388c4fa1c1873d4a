import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { onExpired } from "../api/client";
import { bringArea } from "../words/i18n";

// Brought while the line still holds: a session may end just when it does not.
const bring = async () => (await Promise.all([import("./SignInAgain"), bringArea("form")]))[0];
const SignInAgain = lazy(bring);

/**
 * A session that has ended is taken up again over the page, which stays as it was; what was asked meanwhile waits
 * and is then asked again, under the same key, so that it is done once.
 */
export function Expired() {
  const [open, setOpen] = useState(false);
  const waiting = useRef<{ promise: Promise<void>; done: () => void } | null>(null);
  useEffect(() => {
    onExpired(() => {
      if (!waiting.current) {
        let done = () => {};
        const promise = new Promise<void>((resolve) => {
          done = resolve;
        });
        waiting.current = { promise, done };
        setOpen(true);
      }
      return waiting.current.promise;
    });
    const later = setTimeout(() => void bring().catch(() => {}), 5000);
    return () => clearTimeout(later);
  }, []);
  if (!open) return null;
  return (
    <Suspense>
      <SignInAgain
        onDone={() => {
          setOpen(false);
          waiting.current?.done();
          waiting.current = null;
        }}
      />
    </Suspense>
  );
}
