/** Markdown in scripts that put no blanks between words. */

import { begun } from "./answer.js";
import { equal, test, truthy } from "./harness.js";
import "./untimed.js";

const EMPHASIS = [
  ["**注意：**这个", "strong", ["注意："]],
  ["**「強調」**の", "strong", ["「強調」"]],
  ["**강조(強調)**는", "strong", ["강조(強調)"]],
  ["~~删除。~~这里", "s", ["删除。"]],
  ["* **JavaScript（JS）**是语言", "strong", ["JavaScript（JS）"]],
  ["这是**“工厂”模式**，那是*“单例”*模式", "strong, em", ["“工厂”模式", "“单例”"]],
  ["**一：**二**三。**四", "strong", ["一：", "三。"]],
  ["𠮷**（a）**𠮷", "strong", ["（a）"]],
  ["ใช้**(คำ)**นี้", "strong", ["(คำ)"]],
  ["***两者。***都是", "em strong", ["两者。"]],
];

for (const [text, selector, words] of EMPHASIS) {
  test(`emphasis beside marks, wherever it is cut: ${text}`, () => {
    const { container, view: growing } = begun("");
    const found = () => [...container.querySelectorAll(selector)].map(({ textContent }) => textContent);
    for (let end = 1; end <= text.length; end += 1) {
      growing.update(text.slice(0, end));
      truthy(!/[*~]/.test(container.textContent), `${end}: ${container.textContent}`);
      found().forEach((part, index) => truthy(words[index].startsWith(part), `${end}: ${part}`));
    }
    growing.finish();
    equal(found(), words);
  });
}

test("with a blank on the inner side, or around an underscore in a word, there is no emphasis", () => {
  for (const text of ["**注意： **这个", "**注意：\u3000**这个", "甲 ** 乙 ** 丙", "变量_一：_二", "[本**](https://example.org/)丙"]) {
    const { container, view: whole } = begun(text);
    whole.finish();
    equal(container.querySelectorAll("em, strong").length, 0);
  }
});

test("beside letters of other scripts emphasis is that of CommonMark", () => {
  for (const text of ["a*(b)*c", "**a:**b", "я**(б)**в", "a*\"b\"*"]) {
    const { container, view: whole } = begun(text);
    whole.finish();
    equal(container.textContent.trim(), text);
  }
});

test("a formula stands beside any letter of these scripts, and a sum of money stays one", () => {
  for (const [text, formulas] of [
    ["其中$E$是能量，因此$E=mc^2$成立", ["E", "E=mc^2"]],
    ["값은$x$는, ここで$y$とする, カ$z$", ["x", "y", "z"]],
    ["สมการ$x$คือ，令$ k = 1 $，", ["x", "k = 1"]],
    ["$ \\text{速度} = v $", ["\\text{速度} = v"]],
    ["word$x$ слово$y$ 1$z$", []],
    ["价格是$5到$10，售价$5，或者10$。", []],
    ["$5元和10$，花$ 5 + 税 $，用$5买，卖$6", []],
    ["约$5（¥36）和HK$40", []],
  ]) {
    const { container, view: whole } = begun(text);
    whole.finish();
    equal([...container.querySelectorAll(".math")].map(({ textContent }) => textContent), formulas);
  }
});
