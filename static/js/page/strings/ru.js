/** The page in Russian. */

import { inLocale } from "../locale.js";
import { composer } from "./ru-composer.js";
import { prose } from "./ru-prose.js";
import { shell } from "./ru-shell.js";

const units = { under: "меньше 1 мс", milliseconds: "мс", seconds: "с", minutes: "мин", hours: "ч" };

export const formats = inLocale("ru", units);
const { number, plural, duration } = formats;

const tokens = { one: "токен", few: "токена", many: "токенов", other: "токена" };
const left = { one: "раннее сообщение", few: "ранних сообщения", many: "ранних сообщений", other: "раннего сообщения" };

export const strings = {
  siteName: "Scripta",
  newConversation: "Новая беседа",
  untitled: "Без названия",
  save: "Сохранить",
  cancel: "Отмена",
  remove: "Удалить",
  copy: "Копировать",
  copied: "Скопировано",
  stop: "Остановить",
  more: "Показать целиком",
  loading: "Загрузка…",
  dismiss: "Закрыть",

  // The shell: list, connection, refusals, notices
  ...shell,

  // The text of answers
  ...prose,

  // The thread: messages, answers, their endings and figures
  you: "Вы",
  systemPrompt: "Системный промпт",
  olderMessages: "Более ранние сообщения",
  waiting: "Ждём модель…",
  answerRunning: "Ответ пишется.",
  answerEnded: "Ответ готов.",
  reasoning: "Рассуждение",
  reasoningRunning: "Думает…",
  edit: "Изменить",
  editLeft: "Правка отложена.",
  editorGone: "Сообщение, которое вы правили, больше не показано. Вот ваш текст.",
  wordsKept: "Это вы писали перед обновлением страницы.",
  putBackEdit: "Вернуться к ней",
  less: "Свернуть",
  tryAgain: "Попробовать ещё раз",
  partNotLoaded: "Эту часть страницы не удалось загрузить.",
  olderFailed: "Не удалось загрузить ранние сообщения.",
  notLoadedTitle: "Не удалось загрузить беседу",
  jumpToLatest: "К последнему",
  newMessages: (count) => plural(count, { one: "новое сообщение", few: "новых сообщения", many: "новых сообщений", other: "нового сообщения" }),
  thinkingFor: (time) => `Думает… ${time}`,
  thoughtFor: (time) => `Рассуждение: ${time}`,
  moreWays: "Ещё",
  retryWith: "Спросить другую модель…",
  fork: "Новая беседа отсюда",
  messageRemoved: "Сообщение удалено вместе с тем, что за ним следовало.",
  revised: "изменено",
  revisedHint: "Текст исправлен на месте",
  feedback: { up: "Хороший ответ", down: "Плохой ответ" },
  versions: (index, count) => `Версия ${index} из ${count}`,
  columns: (count) => `Ответы рядом: ${number(count)}`,
  columnChosen: "Беседа идёт отсюда",
  columnChosenHint: "Следующий вопрос продолжит этот ответ",
  columnChoose: "Продолжить с этим ответом",
  aboutAnswer: "Об этом ответе",
  firstWordsAfter: (time) => `первые слова через ${time}`,
  tokensPerSecond: (rate) => `${formats.decimal(rate)} токенов/с`,
  answerBroken: "Ответ оборвался, не дойдя до конца.",
  codeBlock: "(код)",
  retry: "Ответить заново",
  retryIn: (seconds) => `Можно попробовать снова через ${duration(seconds * 1000)}.`,
  continue: "Продолжить",
  previousVersion: "Предыдущая версия",
  nextVersion: "Следующая версия",
  version: (index, count) => `${index}/${count}`,
  stopped: "Остановлено.",
  stoppedReceipt: (ms) => `Остановлено: соединение с моделью закрыто за ${duration(ms)}.`,
  interrupted: "Прервано: сервер отключился, пока писался ответ. Всё, что успело прийти, сохранено.",
  failed: "Ответить не удалось.",
  lengthReached: "Ответ достиг предельной длины.",
  onlyThoughts: "Модель подумала, но не ответила.",
  omitted: (count) => `Не учтено: ${plural(count, left)}. Беседа длиннее, чем модель может прочесть.`,
  tokens: (count) => plural(count, tokens),

  // The composer: writing, models, what waits, the temporary chat
  ...composer,
  putBack: "Вернуть в поле",
  model: "Модель",
};
