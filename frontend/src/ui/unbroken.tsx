import type { ReactNode } from "react";

const reference = /((?:[A-Z]+-)?\b\d{4}-\d[\w/-]*)/;

/** A sentence whose references (P-2026-004, M-2026-02/1, JP-2026-001-IOM-2, 2026-012) stay on one line each. */
export const unbroken = (text: string): ReactNode =>
  text.split(reference).map((part, i) =>
    // Every other part is what the pattern found, and parts do not move.
    i % 2 === 1 ? (
      <span key={i} className="ref">
        {part}
      </span>
    ) : (
      part
    ),
  );
