import type { components } from "../api/schema";

/** The conditions that hold a transfer, each by its name and what it asks. */
export function Held({ by }: { by?: components["schemas"]["TransferRequest"]["held"] | undefined }) {
  if (!by) return null;
  return (
    <ul>
      {by.map((c) => (
        <li key={c.ref}>
          <bdi dir="ltr">{c.ref}</bdi>: <span dir="auto">{c.text}</span>
        </li>
      ))}
    </ul>
  );
}
