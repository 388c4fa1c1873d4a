import tests from "./playwright.config";

// `make shots`: pictures of every screen, of the program as it was built. No server of pages alone is needed.
export default { ...tests, testMatch: "*.shots.ts", timeout: 1_800_000, webServer: undefined };
