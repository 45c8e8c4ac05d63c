/** A thread that ends its process when the process's parent is gone: it sees that while the process itself is blocked. */
import { workerData } from 'node:worker_threads'

const everyMs = 500

setInterval(() => {
  if (process.ppid !== workerData) process.kill(process.pid, 'SIGKILL')
}, everyMs)
