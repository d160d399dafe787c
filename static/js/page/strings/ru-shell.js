/** The shell in Russian: list, connection, refusals, notices. */

import { problems } from "./ru-problems.js";

export const shell = {
  days: { pinned: "Закреплённые", today: "Сегодня", yesterday: "Вчера", week: "За 7 дней", month: "За 30 дней" },
  listEmpty: "Здесь хранится всё, что вы напишете.",
  listMore: "Более ранние беседы",
  running: "Ответ пишется",
  unread: "Новый ответ",
  options: (title) => `Действия с беседой «${title}»`,
  rename: "Переименовать",
  pin: "Закрепить",
  unpin: "Открепить",
  removed: (title) => `Беседа «${title}» удалена.`,
  undo: "Вернуть",
  close: "Закрыть",

  reconnecting: "Связь прервалась. Ваш текст остаётся здесь; пробуем снова…",
  offline: "Нет сети. Ваш текст остаётся здесь, а начатый ответ допишется и без вас.",
  draining: "Сервер перезапускается. Ваш текст остаётся здесь; скоро подключимся снова…",
  signedOut: "Вы вышли из учётной записи. Ваш текст остаётся здесь.",
  signIn: "Войти снова",
  tryNow: "Попробовать сейчас",
  notSaved: "Не удалось сохранить. Попробуйте ещё раз.",
  tooLarge: "Это больше, чем сервер принимает за один раз. Сократите текст.",
  notLoaded: "Не удалось загрузить беседу. Попробуйте ещё раз или обновите страницу.",
  notFound: "Этой беседы больше нет.",
  serviceSaid: (words) => `Сервис ответил: «${words}»`,

  notifyEnded: "Ответ готов.",
  notifyBroken: "Ответ оборвался.",

  keys: { control: "Ctrl", shift: "Shift", enter: "Enter", backspace: "Backspace" },
  nothingToCopy: "Пока нечего копировать.",
  copiedAnswer: "Последний ответ скопирован.",
  copiedCode: "Последний блок кода скопирован.",
  notCopied: "Браузер не разрешил копирование.",
  problems,
};
