/** What a refusal means for the page: some are answers to what it asked by itself. */

import { panels } from "../page/later.js";
import { problem } from "../page/problem.js";
import { strings } from "../page/strings.js";
import { carryOn, isForgotten } from "./temporary.js";

/** Does what there is to do; true if the state is to hear of it, in the page's language. `leave()` goes to an empty page. */
export function takeRefusal(controller, following, event, leave) {
  event.message = problem(event);
  if (isForgotten(controller.state, event)) {
    following.settle();
    carryOn(controller, event);
    return false;
  }
  if (hasGoneOut(controller.state, event)) return false;
  if (!following.isAnsweredBy(event)) {
    if (event.request_id) tell(controller, event);
    return true;
  }
  const isGone = event.code === "conversation.not_found";
  if (!isGone && following.again()) return false;
  following.settle();
  if (controller.state.opening && !isGone) {
    controller.dispatch({ type: "page.unopened", failure: event });
    return false;
  }
  if (isGone) leave();
  controller.notice(isGone ? strings.notFound : strings.notLoaded, event.code);
  return false;
}

/** What is told comes with the panels; where these cannot be had, in plain words. */
async function tell(controller, event) {
  const { state } = controller;
  await panels.warm();
  if (panels.here) panels.here.tellRefused(state, event, () => controller.state.place === state.place);
  else controller.notice(event.message, event.code);
}

/** A waiting message that was sent before the connection was cut, and is asked for again, waits no more: that was wanted. */
const hasGoneOut = ({ queued }, { code, request_id }) => code === "queued_message.not_found" && Boolean(request_id) && !queued.some(({ id }) => id === request_id);
