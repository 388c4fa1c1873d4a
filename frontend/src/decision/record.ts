/** What one seat said, as the record of a decision keeps it. */
export type Spoken = { seat: string; n: number; position: string; reason: string; at: string; counts: boolean };

type Kept = {
  meeting?: string;
  in_writing?: { ref: string; ends_at: string };
  item?: number;
  procedure: string;
  positions?: Spoken[];
  presences?: { seat: string; organisation: string }[];
  roll?: { seat: string; name?: string; organisation?: string }[];
  arithmetic?: {
    quorum?: { applies: boolean; base: number; needed: number; present: number };
    positions?: { joins: number; aside: number; blocks: number };
  };
};

/** A decision's record; none where it is no record. What it lacks it lacks: an abridged one says less. */
export function readRecord(text: string): (Kept & { holder: (seat: string) => string | undefined }) | null {
  try {
    const kept = JSON.parse(text) as Kept;
    const held = new Map((kept.presences ?? []).map((p) => [p.seat, p.organisation]));
    return { ...kept, holder: (seat) => held.get(seat) };
  } catch {
    return null;
  }
}
