import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { client } from "../api/client";
import type { components } from "../api/schema";
import { useWords } from "../words/i18n";
import styles from "./Footnotes.module.css";

type Note = components["schemas"]["Footnote"];

const escaped = (s: string) => s.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
/** Whether one of a note's names stands in a text as a word of its own: as domain.Footnote.On has it. */
export function stands(note: Pick<Note, "names">) {
  const any = note.names.map(escaped).join("|");
  const whole = new RegExp(`(?<![\\p{Script=Latin}\\p{Script=Cyrillic}])(?:${any})(?![\\p{Script=Latin}\\p{Script=Cyrillic}])`, "u");
  return (text: string) => whole.test(text);
}

/** The notes that go with the names of organisations, below whatever page they stand on. */
export default function Footnotes() {
  const { language } = useWords();
  const notes = useQuery({
    queryKey: ["footnotes", language],
    queryFn: async () => (await client.GET("/footnotes")).data,
    staleTime: 600_000,
  }).data;
  const [shown, setShown] = useState<Note[]>([]);
  useEffect(() => {
    const main = document.querySelector("main");
    if (!notes?.length || !main) return setShown([]);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const looks = notes.map((note) => ({ note, on: stands(note) }));
    const look = () => {
      const text = main.textContent ?? "";
      setShown(looks.filter(({ on }) => on(text)).map(({ note }) => note));
    };
    const seen = new MutationObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(look, 200);
    });
    look();
    seen.observe(main, { childList: true, subtree: true, characterData: true });
    return () => {
      seen.disconnect();
      clearTimeout(timer);
    };
  }, [notes]);
  if (shown.length === 0) return null;
  return (
    <dl className={styles.notes}>
      {shown.map((note) => (
        <div key={note.id}>
          <dt>
            <bdi>{note.names[0]}</bdi>
          </dt>
          <dd>{note.text}</dd>
        </div>
      ))}
    </dl>
  );
}
