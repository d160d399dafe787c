/** `- [x] done`: an item that begins with a box is a task. The box is a real one, and cannot be ticked here. */

const BOX = /^\[([ xX])\][ \t]+(?=\S)/;

export function tasks(parser) {
  parser.core.ruler.before("inline", "tasks", ({ tokens }) => {
    for (let index = 2; index < tokens.length; index += 1) {
      const box = isFirstOfItem(tokens, index) && BOX.exec(tokens[index].content);
      if (!box) continue;
      tokens[index].content = tokens[index].content.slice(box[0].length);
      tokens[index].meta = { task: box[1] === " " ? "open" : "done" };
      tokens[index - 2].attrJoin("class", "task");
    }
  });

  parser.core.ruler.after("inline", "task_labels", ({ tokens, Token }) => {
    for (const { meta, children } of tokens) {
      if (!meta?.task) continue;
      const open = new Token("task_open", "label", 1);
      open.meta = meta;
      children.unshift(open);
      children.push(new Token("task_close", "label", -1));
    }
  });
  parser.renderer.rules.task_open = (tokens, index) =>
    `<label class="task__label"><input type="checkbox" disabled${tokens[index].meta.task === "done" ? " checked" : ""}> `;
  parser.renderer.rules.task_close = () => "</label>";
}

const isFirstOfItem = (tokens, index) =>
  tokens[index].type === "inline" && tokens[index - 1].type === "paragraph_open" && tokens[index - 2].type === "list_item_open";
