/** Whether PostgreSQL knows a time zone by this name. */
export function isTimeZone(name: string): boolean {
  // An offset such as +08:00 is one to Intl; PostgreSQL reads it as POSIX does, where it lies west of Greenwich.
  if (!/^[a-z]/i.test(name)) return false
  try {
    return Intl.DateTimeFormat('en', { timeZone: name }) !== null
  } catch {
    return false
  }
}
