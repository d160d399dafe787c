/** The words of what opens at a press, in Russian. */

import { inLocale } from "../locale.js";

const { number, plural, locale } = inLocale("ru", {});
const compact = new Intl.NumberFormat(locale, { notation: "compact" });

export const panels = {
  notice: { ended: "Ответ готов.", broken: "Ответ оборвался." },
  preferences: {
    title: "Настройки",
    theme: "Тема",
    text_size: "Размер текста",
    send_key: "Отправка сообщения",
    language: "Язык",
    shortcuts: "Горячие клавиши",
    notifications: "Уведомления",
    notificationsHint: "Когда ответ, который писался дольше 20 секунд, готов, а вкладка скрыта.",
    notificationsRefused: "Браузер не разрешает этому сайту уведомления. Разрешите их в настройках браузера и включите снова.",
    options: {
      theme: { system: "Как в системе", light: "Светлая", dark: "Тёмная", contrast: "Контрастная" },
      text_size: { small: "Мелкий", normal: "Обычный", large: "Крупный" },
      send_key: { enter: "Enter", ctrl_enter: "Ctrl+Enter" },
      language: { auto: "Как в браузере", en: "English", ru: "Русский" },
    },
  },

  shortcutsTitle: "Горячие клавиши",
  shortcutsOn: "Использовать горячие клавиши",
  shortcutsEverywhere: "Везде",
  shortcutsWriting: "Когда пишете",
  shortcuts: {
    newConversation: "Новая беседа",
    focusComposer: "К полю сообщения",
    stop: "Остановить ответ",
    copyAnswer: "Копировать последний ответ",
    copyCode: "Копировать последний блок кода",
    toggleSidebar: "Показать или скрыть список",
    removeConversation: "Удалить эту беседу",
    preferences: "Настройки",
    notices: "К последнему уведомлению",
    shortcuts: "Этот список",
  },
  keys: { control: "Ctrl", shift: "Shift", enter: "Enter", backspace: "Backspace" },
  composerKeys: { send: "Отправить сообщение", newLine: "Новая строка", editLast: "Изменить последнее сообщение", prompts: "Вставить заготовку" },

  failedTo: {
    rename: "Название не изменено.",
    pin: "Закрепление не изменено.",
    remove: "Беседа не удалена.",
    restore: "Беседа не возвращена.",
    retry: "Новый ответ не запрошен.",
    continue: "Ответ не продолжен.",
    stop: "Ответ не остановлен.",
    "queue-send": "Сообщение из очереди не отправлено.",
  },

  renameTitle: "Переименовать беседу",
  titleLabel: "Название",

  leaving: {
    title: "Уйти из временного чата?",
    words: "Написанное здесь больше нигде не хранится. Если уйти, оно пропадёт.",
    leave: "Уйти",
    stay: "Остаться",
  },

  models: {
    list: "Модели",
    search: "Поиск моделей",
    noMatch: "Таких моделей нет.",
    context: (tokens) => `контекст ${compact.format(tokens)}`,
    capabilities: { reasoning: "рассуждения", vision: "изображения", tools: "инструменты", audio: "звук", embedded: "на этой машине" },
  },

  prompts: {
    list: "Заготовки",
    manage: "Написать и изменить заготовки…",
    none: "Здесь будут тексты, которые вы пишете часто.",
    notLoaded: "Не удалось загрузить заготовки.",
    title: "Заготовки",
    hint: "Наберите / в начале строки, чтобы вставить заготовку. Слова в {{двойных скобках}} — пропуски, которые нужно заполнить.",
    add: "Новая заготовка",
    name: "Название",
    content: "Текст",
    nameHint: "Строчные буквы, цифры и дефисы; это пишут после косой черты.",
    nameMissing: "Дайте заготовке название.",
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
    topPHint: "Больше 0, до 1. Доля самого вероятного, из которой выбирает модель.",
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

  queue: {
    label: "Сообщения в очереди",
    next: "Уйдёт, когда ответ будет готов",
    waits: { stopped: "Ждёт: ответ остановлен", failed: "Ждёт: ответ не удался", interrupted: "Ждёт: ответ прерван" },
    refused: (words) => `Ждёт: ${words}`,
    sending: "Встаёт в очередь…",
    sendNow: "Отправить сейчас",
    edit: "Изменить сообщение в очереди",
    remove: "Удалить сообщение из очереди",
    text: "Сообщение в очереди",
  },

  editor: {
    hint: "Ctrl+S сохранит, Ctrl+Enter спросит заново, Esc оставит как было.",
    answerHint: "Ctrl+S сохранит, Esc оставит как было.",
    temporaryHint: "Ctrl+Enter спросит заново, Esc оставит как было.",
    rerun: "Изменить и спросить заново",
  },

  note: { thanks: "Учтено. Скажете почему?", label: "Ваша заметка", hint: "Что хорошо или чего не хватило (необязательно)" },
  forkScopes: {
    path: { label: "До этого места", hint: "Видимые сообщения вплоть до этого" },
    branches: { label: "С другими версиями", hint: "До этого места, со всеми версиями по пути" },
    all: { label: "Целиком", hint: "Вся беседа со всеми ветвями" },
  },
  figures: {
    model: "Модель",
    connection: "Подключение",
    firstDelta: "Первые слова через",
    reasoning: "Рассуждение",
    duration: "Всего времени",
    rate: "Скорость",
    read: "Прочитано",
    written: "Написано",
    ended: "Завершение",
    omitted: "Не учтено сообщений",
  },
  ended: (status, reason) =>
    ({ stopped: "остановлен вами", interrupted: "прерван", failed: "не удался", completed: reason === "length" ? "по пределу длины" : "полный" })[status] ?? status,
};
