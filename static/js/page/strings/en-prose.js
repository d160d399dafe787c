/** The words in and around the text of an answer, in English. */

export const prose = {
  wrapLines: "Wrap long lines",
  footnotes: "Footnotes",
  footnote: (number) => `Footnote ${number}`,
  footnoteBack: "Back to the text",
  diagram: "Diagram",
  diagramSource: "Show the source",
  diagramDrawing: "Drawing the diagram …",
  diagramFailed: "This diagram could not be drawn. This is its source.",
  diagramTooLong: "This diagram is too long to be drawn. This is its source.",
};
