// `npm run words` says what is wrong with the words of the app.
import { faults } from "./catalogues.mjs";

const found = faults();
for (const line of found) console.error(line);
process.exit(found.length > 0 ? 1 : 0);
