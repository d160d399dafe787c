/** The words of the composer and what belongs to it, in Russian. */

import { inLocale } from "../locale.js";

const { number, plural, date, locale } = inLocale("ru", {});
const compact = new Intl.NumberFormat(locale, { notation: "compact" });
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
    list: "Модели",
    search: "Поиск моделей",
    none: "Нет доступных моделей",
    noMatch: "Таких моделей нет.",
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
    failing: (message, since) => `${message || "Не отвечает"}${since ? ` (с ${time(since)})` : ""}`,
    context: (tokens) => `контекст ${compact.format(tokens)}`,
    capabilities: { reasoning: "рассуждения", vision: "изображения", tools: "инструменты", audio: "звук", embedded: "на этой машине" },
  },

  queue: {
    label: "Сообщения в очереди",
    next: "Уйдёт, когда ответ будет готов",
    waits: { stopped: "Ждёт: ответ остановлен", failed: "Ждёт: ответ не удался", interrupted: "Ждёт: ответ прерван" },
    sending: "Встаёт в очередь…",
    sendNow: "Отправить сейчас",
    edit: "Изменить сообщение в очереди",
    remove: "Удалить сообщение из очереди",
    text: "Сообщение в очереди",
    removed: "Сообщение удалено из очереди.",
    gone: "Вы меняли сообщение из очереди. Вот текст, который не сохранился.",
  },

  prompts: {
    list: "Заготовки",
    manage: "Написать и изменить заготовки…",
    none: "Здесь будут тексты, которые вы пишете часто.",
    title: "Заготовки",
    hint: "Наберите / в начале строки, чтобы вставить заготовку. Слова в {{двойных скобках}} — пропуски, которые нужно заполнить.",
    add: "Новая заготовка",
    name: "Название",
    content: "Текст",
    nameHint: "Строчные буквы, цифры и дефисы; это пишут после косой черты.",
    nameMissing: "Дайте ей название.",
    contentMissing: "Напишите её текст.",
    edit: (name) => `Изменить «${name}»`,
    remove: (name) => `Удалить «${name}»`,
    removed: (name) => `Заготовка «${name}» удалена.`,
    undo: "Вернуть",
    done: "Готово",
    nextBlank: (count) => `${plural(count, { one: "пропуск", few: "пропуска", many: "пропусков", other: "пропуска" })}: к следующему — Tab`,
  },

  settings: {
    title: "Указания и параметры",
    words: "Для этой беседы. Что не указано, решает сам сервис.",
    systemPrompt: "Системный промпт",
    systemPromptHint: "Это модель читает прежде всего остального.",
    temperature: "Температура",
    temperatureHint: "От 0 до 2. Чем выше, тем свободнее.",
    topP: "Порог вероятности (top-p)",
    topPHint: "Больше 0, до 1. Из какой доли вероятного она выбирает.",
    maxTokens: "Наибольшая длина ответа, в токенах",
    maxTokensHint: "От 1 до 1 000 000.",
    seed: "Зерно случайности",
    seedHint: "Целое число. С тем же зерном тот же ответ, если сервис это умеет.",
    stop: "Остановиться на",
    stopHint: "До 4 текстов, по одному в строке.",
    clear: "Очистить всё",
    between: (from, to) => `Число от ${number(from)} до ${number(to)}.`,
    above: (from, to) => `Число больше ${number(from)}, до ${number(to)}.`,
    wholeBetween: (from, to) => `Целое число от ${number(from)} до ${number(to)}.`,
    tooMany: (limit) => `Не больше ${number(limit)} текстов.`,
    stopTooLong: (limit) => `В каждом не больше ${plural(limit, { one: "знака", few: "знаков", many: "знаков", other: "знака" })}.`,
  },

  temporary: {
    start: "Временный чат",
    words: "Временный чат. Ничего не сохраняется: ни здесь, ни в списке. Он исчезнет, когда вы уйдёте или обновите страницу, и ответ может потеряться.",
    leaveTitle: "Уйти из временного чата?",
    leaveWords: "Написанное здесь больше нигде не хранится. Если уйти, оно пропадёт.",
    leave: "Уйти",
    stay: "Остаться",
    omitted: (count) => `Не отправлено: ${plural(count, { one: "прежнее сообщение", few: "прежних сообщения", many: "прежних сообщений", other: "прежнего сообщения" })}. Временный чат не может взять с собой больше.`,
    gone: "Сервер больше не помнит этот временный чат. То, что вы видите, остаётся здесь и уйдёт вместе со следующим сообщением.",
  },
};
