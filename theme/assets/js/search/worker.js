import { handler } from "./handler.js";
addEventListener("message", async ({ data }) => postMessage(await handler(data)));
