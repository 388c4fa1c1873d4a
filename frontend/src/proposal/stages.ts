import type { Tone } from "../ui/Tag/Tag";
import type { Stage } from "./proposal";

/** In which tone a stage is shown. */
export const stageTones: Record<Stage, Tone> = {
  draft: "link",
  returned: "warn",
  submitted: "plain",
  eligible: "good",
  ineligible: "bad",
  approved: "good",
  declined: "bad",
  withdrawn: "plain",
};
