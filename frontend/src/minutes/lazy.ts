import { lazy } from "react";
import { bringArea } from "../words/i18n";

/** The way to a meeting's minutes, brought with its words where a meeting is over. */
export const MinutesLink = lazy(async () => (await Promise.all([import("./MinutesLink"), bringArea("minutes")]))[0]);

/** What a decision asks, brought alike. */
export const Asks = lazy(async () => (await Promise.all([import("./Asks"), bringArea("minutes")]))[0]);

/** When the record of a decision went out, brought alike. */
export const RecordSent = lazy(async () => (await Promise.all([import("./Sent"), bringArea("minutes")]))[0]);
