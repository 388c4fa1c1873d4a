import { createRoot } from "react-dom/client";
import { Router } from "wouter";
import "./ui/tokens.css";
import "./ui/base.css";
import { App } from "./App";
import { activate, isLanguage } from "./words/i18n";

// The server wrote the reader's language into the page; ?lang= is for the browser tests and for sharing.
const asked = new URLSearchParams(location.search).get("lang") ?? document.documentElement.lang;
// The map of the pages grows with them: it comes beside the words, and the shell stays as light as it was.
const [{ places }] = await Promise.all([import("./routes"), activate(isLanguage(asked) ? asked : "en")]);

const root = document.getElementById("app");
if (root)
  createRoot(root).render(
    <Router base="/app">
      <App places={places} />
    </Router>,
  );
