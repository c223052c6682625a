/** The configuration file of the server that is started. */

/**
 * @typedef {object} ScrapeJob
 * @property {string} job value of the label `job`
 * @property {string[]} targets addresses such as `127.0.0.1:9102`
 * @property {string} [path] `/metrics` unless given
 * @property {string} [interval] such as `5s`; `15s` unless given
 * @property {Record<string, string[]>} [params] query parameters of the scrape
 * @property {Record<string, string>} [labels] put on every series; `instance` replaces the target's address
 * @property {object[]} [metricRelabelConfigs] as `metric_relabel_configs` has them
 */

/**
 * JSON is YAML, so nothing has to be escaped by hand.
 *
 * @param {ScrapeJob[]} scrape
 * @returns {string}
 * @throws {Error} when two jobs have one name, or a job has no targets
 */
export function configText(scrape) {
  const names = scrape.map(({ job }) => job);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new Error(`two scrape jobs are called ${twice}: Prometheus wants every name once`);
  }
  const empty = scrape.find(({ targets }) => targets.length === 0);
  if (empty) {
    throw new Error(`scrape job ${empty.job} has no targets`);
  }
  return JSON.stringify(
    {
      global: { scrape_interval: '15s', evaluation_interval: '15s' },
      // Samples of a filled history may be older than the newest ones.
      storage: { tsdb: { out_of_order_time_window: '1d' } },
      scrape_configs: scrape.map(
        ({ job, targets, path = '/metrics', interval = '15s', params, labels, metricRelabelConfigs }) => ({
          job_name: job,
          metrics_path: path,
          scrape_interval: interval,
          // Prometheus refuses a timeout that is longer than the interval.
          scrape_timeout: interval,
          honor_timestamps: true,
          ...(params ? { params } : {}),
          ...(metricRelabelConfigs ? { metric_relabel_configs: metricRelabelConfigs } : {}),
          static_configs: [{ targets, ...(labels ? { labels } : {}) }],
        })
      ),
    },
    undefined,
    2
  );
}
