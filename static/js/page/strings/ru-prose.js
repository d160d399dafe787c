/** The words in and around the text of an answer, in Russian. */

export const prose = {
  wrapLines: "Переносить длинные строки",
  footnotes: "Сноски",
  footnote: (number) => `Сноска ${number}`,
  footnoteBack: "Назад к тексту",
  diagram: "Диаграмма",
  diagramSource: "Показать исходный текст",
  diagramDrawing: "Диаграмма рисуется…",
  diagramFailed: "Эту диаграмму не удалось нарисовать. Вот её исходный текст.",
  diagramTooLong: "Эта диаграмма слишком длинна, чтобы её нарисовать. Вот её исходный текст.",
};
