import { createRoot } from "react-dom/client";

import { App } from "@/app/App";
import { startTexts } from "@/i18n";
import "@/components/ui.css";

await startTexts();
createRoot(document.getElementById("root")!).render(<App />);
