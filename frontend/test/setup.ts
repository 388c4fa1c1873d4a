import { cleanup } from "@testing-library/react";
import { afterEach, beforeEach } from "vitest";
import { activate, bringArea } from "../src/words/i18n";

// The browser tests and these run in one language unless they choose another.
beforeEach(() => (typeof document === "undefined" ? undefined : activate("en").then(() => bringArea("form"))));
afterEach(cleanup);
