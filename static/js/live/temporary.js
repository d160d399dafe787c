/** A temporary chat that the server has forgotten goes on: its page still has it, and tells it anew. */

import { strings } from "../page/strings.js";

export const isForgotten = (state, { code }) => state.temporary && code === "conversation.not_found";

/** After a refusal: a message that was on its way is sent again, as the first of a new one. */
export function carryOn(controller, { code, request_id }) {
  const pending = controller.state.outbox.find(({ clientId }) => clientId === request_id);
  controller.dispatch({ type: "page.temporary.gone" });
  if (pending?.anew) controller.deliver({ ...pending.anew, request_id });
  else controller.notice(strings.temporary.gone, code);
}
