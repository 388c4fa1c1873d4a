declare module "*.po" {
  import type { Messages } from "./words/sentence";
  export const messages: Messages;
}
