import { useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { client } from "../api/client";
import { useAct } from "../api/useAct";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";
import type { Meeting } from "./data";

/** The place of an item on the agenda until the meeting opens; then, that the meeting is at it. */
export default function Steering({ meeting: m, item }: { meeting: Meeting; item: Meeting["agenda"][number] }) {
  const { t } = useWords();
  const toast = useToast();
  const queries = useQueryClient();
  const pressed = useRef<HTMLButtonElement>(null);
  const again = () => queries.invalidateQueries({ queryKey: ["meeting", m.id] });
  const request = (key: string) => ({ path: { id: m.id }, header: { "Idempotency-Key": key } });
  const at = m.agenda.findIndex((x) => x.id === item.id);
  const order = useAct(
    async (key: string, to: number) => {
      const items = m.agenda.map((x) => x.id).filter((id) => id !== item.id);
      items.splice(to, 0, item.id);
      return { ...(await client.PUT("/meetings/{id}/agenda", { params: request(key), body: { items } })), to };
    },
    async ({ to }) => {
      await again();
      pressed.current?.focus(); // it has moved on the page, and what is moved may lose the focus
      toast(t("steer.moved", { number: m.agenda[to]!.item }));
    },
  );
  const turn = useAct(
    async (key: string, to: string | undefined) =>
      client.PUT("/meetings/{id}/present", { params: request(key), body: to ? { item: to } : {} }),
    again,
  );
  const present = m.present === item.id;
  const move = (to: number, say: string) => {
    const none = to < 0 || to >= m.agenda.length;
    return (
      <Button
        tone="quiet"
        aria-disabled={none || undefined}
        aria-label={t(say, { number: item.item })}
        onClick={(e) => {
          if (none || order.busy) return;
          pressed.current = e.currentTarget;
          void order.run(to);
        }}
      >
        <span aria-hidden="true">{to < at ? "↑" : "↓"}</span>
      </Button>
    );
  };
  return (
    <>
      <ErrorSummary problem={order.problem ?? turn.problem} />
      {m.may.includes("agenda.order") && m.agenda.length > 1 && (
        <>
          {move(at - 1, "steer.up")}
          {move(at + 1, "steer.down")}
        </>
      )}
      {m.may.includes("meeting.turn") && (
        <Button tone="quiet" aria-pressed={present} busy={turn.busy} onClick={() => void turn.run(present ? undefined : item.id)}>
          {t("steer.here", { number: item.item })}
        </Button>
      )}
    </>
  );
}
