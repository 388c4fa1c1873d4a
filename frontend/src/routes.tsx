import type { ComponentType } from "react";
import type { Role } from "./shell/session";

/** One page: where it is, what brings it, the words it needs, and whose menu it stands in. */
export type Place = {
  /** wouter's pattern under /app: "/proposals/:id". */
  path: string;
  load: () => Promise<{ default: ComponentType }>;
  /** Areas of src/words beside "common". */
  areas?: string[];
  /** In the menu of these roles; of all where none is named. */
  nav?: { words: string; roles?: Role[] };
};

/** Every page, in the order of api/routes.go. A new screen is one line here. */
export const places: Place[] = [
  { path: "/", load: () => import("./tasks/TasksPage"), areas: ["form", "tasks"], nav: { words: "nav.tasks" } },
  // Every component in every state: in development and under the browser tests, never in the program.
  ...(import.meta.env.MODE === "production" ? [] : [{ path: "/components", load: () => import("./gallery/Gallery"), areas: ["form"] }]),
];
