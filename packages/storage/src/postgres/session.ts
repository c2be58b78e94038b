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
  // And what was planned while a table was small must do when it is large: what has an index goes by it.
  random_page_cost: '1.1',
})
