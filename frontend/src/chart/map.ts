import { geoEqualEarth, geoPath } from "d3-geo";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import { type Frame, px, roughly, svg } from "./svg";

export type Place = { name: string; longitude: number; latitude: number /** exact */; value: string };
export type Land = Topology<{ land: GeometryCollection }>;

/**
 * Land without any boundary, and a circle for each place, its area by its value. The United Nations' disclaimer
 * stands under it (words: map.disclaimer). The globe is turned by 11° so that Tuvalu and Fiji are not cut.
 * A map is not mirrored in Arabic.
 */
export function map(frame: Frame, land: Land, places: Place[]): string {
  const height = frame.width * 0.48;
  const projection = geoEqualEarth()
    .rotate([-11, 0])
    .fitExtent(
      [
        [2, 2],
        [frame.width - 2, height - 2],
      ],
      { type: "Sphere" },
    );
  const most = Math.max(...places.map((p) => roughly(p.value)), 1);
  const circles = [...places]
    .sort((a, b) => roughly(b.value) - roughly(a.value))
    .flatMap((p) => {
      const at = projection([p.longitude, p.latitude]);
      const r = Math.max(3, Math.sqrt(Math.max(0, roughly(p.value)) / most) * (frame.width / 40));
      return at ? [`<circle class="place" cx="${px(at[0])}" cy="${px(at[1])}" r="${px(r)}"/>`] : [];
    });
  return svg(
    frame,
    height,
    `<path class="land" d="${geoPath(projection).digits(1)(feature(land, land.objects.land)) ?? ""}"/>${circles.join("")}`,
  );
}
