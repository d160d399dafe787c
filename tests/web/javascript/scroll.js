/** The scroll keeper: whose scroll it is, and what stays in place. */

import { drawKeeping, drawSoon } from "/static/js/elements/backlog.js";
import { ScrollKeeper } from "/static/js/page/scroll-keeper.js";
import { make } from "/static/js/page/dom.js";
import { equal, test, truthy } from "./harness.js";

function place(anchoring, onChange = () => {}) {
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
  return { frame, content, block, keeper: new ScrollKeeper(frame, content, onChange) };
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

test("answers above that are drawn later move nothing", async () => {
  const { frame, content, keeper } = place("none");
  const [above, anchor] = content.children;
  keeper.hold();
  await scrolled();
  frame.scrollTop = 400;
  await scrolled();
  drawKeeping((draw) => keeper.keepPlace(anchor, draw));
  await new Promise((resolve) => {
    drawSoon(above, () => {
      above.style.height = "700px";
      setTimeout(resolve);
    });
  });
  drawKeeping((draw) => draw());
  equal([anchor.getBoundingClientRect().top - frame.getBoundingClientRect().top, frame.scrollTop], [0, 700]);
});

test("without an anchor the change is only made", () => {
  const { frame, content, block, keeper } = place("none");
  keeper.keepPlace(null, () => content.prepend(block(300)));
  equal([frame.scrollTop, content.children.length], [0, 3]);
});

for (const [way, isHeld] of [[2, true], [3, false]]) {
  test(`${way} pixels upward ${isHeld ? "hold on" : "let go"}`, async () => {
    const { frame, keeper } = place("none");
    keeper.hold();
    await scrolled();
    frame.scrollTop -= way;
    await scrolled();
    equal(keeper.holding, isHeld);
  });
}

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

test("what is cut off below while the frame grows is no step of the reader's", async () => {
  const { frame, content, block, keeper } = place("none");
  keeper.hold();
  await scrolled();
  frame.style.height = "800px";
  content.lastElementChild.remove();
  await scrolled();
  content.append(block(900));
  keeper.follow();
  equal([frame.scrollTop, keeper.holding], [500, true]);
});

/** A place whose end is followed, with what its keeper says of the reader. */
async function following() {
  const changes = [];
  const { frame, content, block, keeper } = place("none", (holding) => changes.push(holding));
  keeper.hold();
  await scrolled();
  const grow = (height) => {
    content.append(block(height));
    keeper.follow();
  };
  return { frame, content, block, keeper, changes, grow };
}

const paused = () => new Promise((resolve) => setTimeout(resolve, 350));

test("three pixels upward let go, also in small steps; within sixty of the end it holds again", async () => {
  const { frame, keeper, changes } = await following();
  frame.scrollTop = 598;
  await scrolled();
  truthy(keeper.holding);
  frame.scrollTop = 596;
  await scrolled();
  truthy(!keeper.holding);
  frame.scrollTop = 500;
  await scrolled();
  frame.scrollTop = 530;
  await scrolled();
  truthy(!keeper.holding);
  frame.scrollTop = 545;
  await scrolled();
  equal(changes, [false, true]);
});

test("a wheel or a key upward is not undone by text that comes meanwhile", async () => {
  for (const event of [new WheelEvent("wheel", { deltaY: -40, bubbles: true }), new KeyboardEvent("keydown", { key: "PageUp", bubbles: true })]) {
    const { frame, content, keeper, grow } = await following();
    content.dispatchEvent(event);
    grow(50);
    equal([frame.scrollTop, keeper.holding], [600, true]);
    grow(50);
    equal([frame.scrollTop, keeper.holding], [600, false]);
  }
});

test("a wheel downward, a zoom and a key in a field stop nothing; a pause that led nowhere ends", async () => {
  const { frame, content, keeper, grow } = await following();
  content.dispatchEvent(new WheelEvent("wheel", { deltaY: 40, bubbles: true }));
  content.dispatchEvent(new WheelEvent("wheel", { deltaY: -40, ctrlKey: true, bubbles: true }));
  const field = make("textarea");
  content.append(field);
  keeper.follow();
  field.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowUp", bubbles: true }));
  const before = frame.scrollTop;
  grow(20);
  equal(frame.scrollTop, before + 20);
  content.dispatchEvent(new WheelEvent("wheel", { deltaY: -1, bubbles: true }));
  grow(20);
  equal(frame.scrollTop, before + 20);
  await paused();
  equal([frame.scrollTop, keeper.holding], [before + 40, true]);
});

test("nothing moves under a finger or a selection", async () => {
  const { frame, content, keeper, grow } = await following();
  frame.dispatchEvent(new TouchEvent("touchstart", { bubbles: true }));
  grow(30);
  equal(frame.scrollTop, 600);
  frame.dispatchEvent(new TouchEvent("touchend", { bubbles: true }));
  await paused();
  equal(frame.scrollTop, 630);
  content.firstElementChild.textContent = "to be selected";
  getSelection().selectAllChildren(content.firstElementChild);
  grow(30);
  equal([frame.scrollTop, keeper.holding], [630, true]);
  grow(100);
  equal([frame.scrollTop, keeper.holding], [630, false]);
  getSelection().removeAllRanges();
});

test("nothing moves under a button of the mouse that is held", async () => {
  const { frame, content, keeper, grow } = await following();
  const press = (target, type, button = 0) => target.dispatchEvent(new PointerEvent(type, { pointerType: "mouse", bubbles: true, button }));
  press(content.firstElementChild, "pointerdown", 2);
  grow(10);
  equal(frame.scrollTop, 610);
  press(content.firstElementChild, "pointerdown");
  grow(30);
  equal(frame.scrollTop, 610);
  press(document.body, "pointerup");
  await paused();
  equal([frame.scrollTop, keeper.holding], [640, true]);
});

test("what is opened stays where it is opened", async () => {
  const { frame, content, block, keeper } = await following();
  const opener = make("button", { "aria-expanded": "false" });
  content.append(opener);
  keeper.follow();
  const top = frame.scrollTop;
  opener.click();
  content.append(block(300));
  keeper.follow();
  equal([frame.scrollTop, keeper.holding], [top, false]);
});

test("the way back is shown where it is short, and can be broken off", async () => {
  const { frame, content, keeper } = await following();
  frame.scrollTop = 300;
  await scrolled();
  keeper.glide();
  truthy(keeper.holding && frame.scrollTop < 600);
  await new Promise((resolve) => frame.addEventListener("scrollend", resolve, { once: true }));
  equal(frame.scrollTop, 600);
  frame.scrollTop = 100;
  await scrolled();
  keeper.glide();
  content.dispatchEvent(new WheelEvent("wheel", { deltaY: -40, bubbles: true }));
  await paused();
  truthy(frame.scrollTop < 600 && !keeper.holding, "the wheel was not heard");
});

test("in a tab that nobody looks at the way back is a jump", async () => {
  const { frame, keeper } = await following();
  frame.scrollTop = 300;
  await scrolled();
  Object.defineProperty(document, "hidden", { get: () => true, configurable: true });
  keeper.glide();
  delete document.hidden;
  equal([frame.scrollTop, keeper.holding], [600, true]);
});
