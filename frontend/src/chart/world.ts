import type { Topology } from "topojson-specification";
import land from "world-atlas/land-110m.json";
import { type Land, map, type Place } from "./map";
import type { Frame } from "./svg";

/** The map with the land it is drawn on: Natural Earth at 1:110m, public domain, without any border. */
export const world = (frame: Frame, places: Place[]) => map(frame, land as unknown as Topology as Land, places);
