/** The scroll keeper: whose scroll it is, and what stays in place. */

import { ScrollKeeper } from "/static/js/page/scroll-keeper.js";
import { make } from "/static/js/page/dom.js";
import { equal, test, truthy } from "./harness.js";

function place(anchoring) {
  const content = make("div");
  const frame = make("div", {}, content);
  for (const [name, value] of Object.entries({ height: "200px", overflow: "auto", overflowAnchor: anchoring })) frame.style[name] = value;
  document.body.replaceChildren(frame);
  const block = (height) => {
    const node = make("p");
    node.style.height = `${height}px`;
    node.style.margin = "0";
    return node;
  };
  content.append(block(400), block(400));
  return { frame, content, block, keeper: new ScrollKeeper(frame, content, () => {}) };
}

const scrolled = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));

for (const anchoring of ["none", "auto"]) {
  for (const top of [0, 100]) {
    test(`what comes above moves nothing, with anchoring ${anchoring} from ${top}`, async () => {
      const { frame, content, block, keeper } = place(anchoring);
      keeper.hold();
      await scrolled();
      frame.scrollTop = top;
      await scrolled();
      truthy(!keeper.holding);
      const anchor = content.firstElementChild;
      const before = anchor.getBoundingClientRect().top;
      keeper.keepPlace(anchor, () => {
        content.prepend(block(300), block(50));
        content.append(block(70));
      });
      keeper.follow();
      await scrolled();
      equal([anchor.getBoundingClientRect().top, frame.scrollTop], [before, top + 350]);
      truthy(!keeper.holding);
    });
  }
}

test("without an anchor the change is only made", () => {
  const { frame, content, block, keeper } = place("none");
  keeper.keepPlace(null, () => content.prepend(block(300)));
  equal([frame.scrollTop, content.children.length], [0, 3]);
});

test("the end is followed until the reader leaves it", async () => {
  const { frame, content, block, keeper } = place("none");
  keeper.hold();
  content.append(block(100));
  keeper.follow();
  equal(frame.scrollTop, 700);
  await scrolled();
  frame.scrollTop = 650;
  await scrolled();
  content.append(block(100));
  keeper.follow();
  equal([frame.scrollTop, keeper.holding], [650, false]);
});
