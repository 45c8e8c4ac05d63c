/** What `npm run migrate -- --help` prints, and what wrong input is answered with. */
export const usage = `Usage: npm run migrate -- [COMMAND]

  (none)          show where the database stands, then apply what is pending
  status          only show it
  new NAME        write what the Prisma schema has and the migrations lack as a new migration
  resolve NAME    say how a failed migration ended: --applied when all its changes are in the
                  database, --rolled-back when none is and it shall be applied again

  --extension EXTENSION    for new and resolve: the extension's migrations, not the core's
  --help                   show this

The database is that of DATABASE_URL; without it, the embedded one in TRELLIS_DATA.
Ends with 0 when all is well, 1 when not (for status: when the migrations are not all applied), 2 on wrong input.
`
