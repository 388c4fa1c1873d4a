import type { components } from "../api/schema";
import type { Tone } from "../ui/Tag/Tag";

type Schemas = components["schemas"];
export type Review = Schemas["YearlyReview"];
export type Year = Schemas["YearlyLine"];

export const tones: Record<Review["state"], Tone> = { none: "plain", open: "link", closed: "good" };
