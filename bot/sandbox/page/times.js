// Beijing time, whatever the zone of the computer.

const ZONE = "Asia/Shanghai";
const format = (options) => new Intl.DateTimeFormat("zh-CN", { timeZone: ZONE, ...options });
const PARTS = format({ year: "numeric", month: "numeric", day: "numeric", weekday: "short", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });

/** Year, month, day, weekday (周四), hour, minute, second of an instant in seconds since 1970. */
export function beijing(seconds) {
  return Object.fromEntries(PARTS.formatToParts(seconds * 1000).map(({ type, value }) => [type, value]));
}

export const clockTime = (seconds) => {
  const at = beijing(seconds);
  return `${at.hour}:${at.minute}`;
};

/** 10月8日 周四; with the year where it is not this one. */
export function dateLine(seconds, now) {
  const at = beijing(seconds);
  const year = at.year === beijing(now).year ? "" : `${at.year}年`;
  return `${year}${at.month}月${at.day}日 ${at.weekday}`;
}

/** A key that two instants of one Beijing day share. */
export const dayOf = (seconds) => {
  const at = beijing(seconds);
  return `${at.year}-${at.month.padStart(2, "0")}-${at.day.padStart(2, "0")}`;
};

/** What the chat list shows: the time today, 昨天, the weekday this week, else the date. */
export function shortly(seconds, now) {
  const days = Math.round((Date.parse(dayOf(now)) - Date.parse(dayOf(seconds))) / 86400000);
  const at = beijing(seconds);
  if (days <= 0) return clockTime(seconds);
  if (days === 1) return "昨天";
  if (days < 7) return at.weekday;
  return at.year === beijing(now).year ? `${at.month}月${at.day}日` : `${at.year}/${at.month}/${at.day}`;
}

/** 2026-10-08T08:30, as a date-and-time field wants it. */
export const fieldValue = (seconds) => `${dayOf(seconds)}T${clockTime(seconds)}`;

/** Minutes and seconds of something that lasts, as a phone shows them: 0:07. */
export const lasting = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
