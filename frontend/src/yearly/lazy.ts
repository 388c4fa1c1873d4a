import { lazy } from "react";
import { bringArea } from "../words/i18n";

/** The ways from the body's decisions to what belongs to them, brought with their words. */
export const BodyLinks = lazy(async () => (await Promise.all([import("./BodyLinks"), bringArea("yearly")]))[0]);
