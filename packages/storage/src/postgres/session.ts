/** What each connection is given, in milliseconds where it is a time. */
export const sessionOf = (schema: string) => ({
  search_path: schema,
  application_name: `encargo ${schema}`,
  // Longer than a process that stands still may have the turn.
  lock_timeout: '4000',
  statement_timeout: '8000',
  // A process that stands still with the turn keeps all others waiting for that long.
  idle_in_transaction_session_timeout: '2000',
  // Nothing is planned anew for each set of parameters.
  plan_cache_mode: 'force_generic_plan',
  // And that plan may be one of when a table was empty, until statistics are taken, and must do when it is
  // large: to read all of it looked cheap then. What is asked goes by indexes, row by row.
  random_page_cost: '1.1',
  enable_seqscan: 'off',
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
  // It goes by estimated costs, which of what is switched off are made up.
  jit: 'off',
  // So does it to have others help. What is asked is little, and often.
  max_parallel_workers_per_gather: '0',
})
