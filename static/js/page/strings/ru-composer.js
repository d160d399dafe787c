/** The words of the composer and what belongs to it, in Russian. */

import { inLocale } from "../locale.js";

const { number, plural, date, locale } = inLocale("ru", {});
const time = (moment) => date(new Date(moment), { hour: "numeric", minute: "2-digit" });
const characters = { one: "знак", few: "знака", many: "знаков", other: "знака" };

export const composer = {
  composer: {
    tooLong: (count, limit) => `${plural(count, characters)} при пределе ${number(limit)}. Сократите на ${number(count - limit)}.`,
    left: (count) => `осталось ${number(count)}`,
    send: "Отправить",
    queue: "Отправить, когда ответ будет готов",
    sendByEnter: "Отправить (Enter)",
    sendByCtrlEnter: "Отправить (Ctrl+Enter)",
    nothing: "Сначала напишите что-нибудь",
    underWay: "Сначала уйдёт предыдущее сообщение.",
    temporaryRuns: "Во временном чате нет очереди: дождитесь ответа или остановите его.",
  },

  models: {
    model: "Модель",
    of: (label) => `Модель: ${label}`,
    column: (index, label) => `Модель ${index}: ${label}`,
    pick: "Выберите модель",
    none: "Нет доступных моделей",
    unlisted: "Список моделей не получен; пробуем снова…",
    gone: (label) => `${label || "Модель этой беседы"} недоступна; выберите другую.`,
    add: "Спросить рядом ещё одну модель",
    remove: (label) => `Не спрашивать ${label}`,
    picked: (label, connection) => `Отвечает ${label} через подключение «${connection}».`,
    pickedSeveral: (labels) => `Рядом отвечают ${new Intl.ListFormat(locale).format(labels)}.`,
    connect: "Подключить модель",
    connectBetter: "Подключить модель получше",
    askAdministrator: "Подключить модель может администратор сайта.",
    ok: "Готова",
    unknown: "Ещё не спрашивали",
    notAvailable: "Недоступна",
    failing: (message, since) => (message || "Не отвечает") + (since ? ` (с ${time(since)})` : ""),
  },

  queue: {
    removed: "Сообщение удалено из очереди.",
    gone: "Вы меняли сообщение из очереди. Вот текст, который не сохранился.",
  },

  temporary: {
    start: "Временный чат",
    words: "Временный чат. Ничего не сохраняется: ни здесь, ни в списке. Он исчезнет, когда вы уйдёте или обновите страницу, и ответ может потеряться.",
    omitted: (count) => `Не отправлено: ${plural(count, { one: "прежнее сообщение", few: "прежних сообщения", many: "прежних сообщений", other: "прежнего сообщения" })}. Временный чат не может взять с собой больше.`,
    gone: "Сервер больше не помнит этот временный чат. То, что вы видите, остаётся здесь и уйдёт вместе со следующим сообщением.",
  },
};
