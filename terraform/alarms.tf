# Alarms on metrics that AWS provides show that something does not run. Those on Sluice's own metrics show that data is late or
# wrong. docs/operations.md says of each what it means and what to do.

locals {
  alarm_actions = !var.alarms_enabled ? [] : concat(
    var.notify.sns,
    aws_sns_topic.notifications[*].arn,
    aws_sns_topic.slack[*].arn,
  )

  has_metrics = coalesce(var.metrics_enabled, true)
  thresholds  = var.alarm_thresholds

  # Values of the whole environment.
  environment_dimensions = { Environment = var.environment }

  dead_letter_queues = merge(
    { for key in keys(local.queues) : key => aws_sqs_queue.dead_letter[key].name },
    { events = aws_sqs_queue.event_dead_letter.name, schedule = aws_sqs_queue.schedule_dead_letter.name },
  )

  # The rate of an overridden schedule is unknown here, so there is no telling when a tick is missing.
  watched_schedules = { for name, s in local.schedules : name => s if s.enabled && s.expression == local.routes.schedules[name].rate }

  alarms = merge(
    local.platform_alarms,
    local.has_metrics ? local.data_alarms : {},
  )

  platform_alarms = merge(
    {
      for name in keys(local.functions) : "${name}-errors" => {
        description = "Invocations of ${name} fail. The function's log group contains the stack trace."
        namespace   = "AWS/Lambda", metric = "Errors", statistic = "Sum", dimensions = { FunctionName = aws_lambda_function.this[name].function_name }
        comparison  = "GreaterThanThreshold", threshold = 0, period = 300, periods = 3
        # A sweep runs once a day, so a single failure has to raise the alarm.
        datapoints = contains(local.scheduled_functions, name) && try(!local.is_frequent[name], false) ? 1 : 2, missing = "notBreaching"
      }
    },
    {
      for name in keys(local.functions) : "${name}-throttles" => {
        description = "${name} has been throttled for 15 minutes. Raise its reserved_concurrency, or find out why invocations take so long."
        namespace   = "AWS/Lambda", metric = "Throttles", statistic = "Sum", dimensions = { FunctionName = aws_lambda_function.this[name].function_name }
        comparison  = "GreaterThanThreshold", threshold = 0, period = 300, periods = 3, datapoints = 3, missing = "notBreaching"
      }
    },
    {
      for name, s in local.watched_schedules : "${name}-missing" => {
        description = "The schedule ${name} does not run: ${local.is_frequent[name] ? "nobody follows running tasks or wakes waiting runs" : "there was no retention sweep for two days"}. Check the schedule's state and its dead-letter queue."
        namespace   = "AWS/Lambda", metric = "Invocations", statistic = "Sum", dimensions = { FunctionName = aws_lambda_function.this[s.function].function_name }
        comparison  = "LessThanThreshold", threshold = 1, period = local.is_frequent[name] ? 300 : 86400, periods = 2, datapoints = 2, missing = "breaching"
      }
    },
    {
      for key, q in local.queues : "${key}-queue-age" => {
        description = "Messages wait for ${q.function} for more than ten minutes: it fails, is throttled, or cannot keep up."
        namespace   = "AWS/SQS", metric = "ApproximateAgeOfOldestMessage", statistic = "Maximum", dimensions = { QueueName = aws_sqs_queue.this[key].name }
        comparison  = "GreaterThanThreshold", threshold = 600, period = 300, periods = 2, datapoints = 2, missing = "notBreaching"
      }
    },
    {
      for key, name in local.dead_letter_queues : "${key}-dead-letters" => {
        description = "The dead-letter queue ${name} contains messages, which are not retried. Inspect them, fix the cause, and redrive them."
        namespace   = "AWS/SQS", metric = "ApproximateNumberOfMessagesVisible", statistic = "Maximum", dimensions = { QueueName = name }
        comparison  = "GreaterThanThreshold", threshold = 0, period = 300, periods = 1, datapoints = 1, missing = "notBreaching"
      }
    },
    !var.api_enabled ? {} : {
      "api-errors" = {
        description = "The API responds with server errors. The access log contains the request, and the log of gate the reason under the same request ID."
        namespace   = "AWS/ApiGateway", metric = "5xx", statistic = "Sum", dimensions = { ApiId = aws_apigatewayv2_api.this[0].id }
        comparison  = "GreaterThanThreshold", threshold = 0, period = 300, periods = 3, datapoints = 2, missing = "notBreaching"
      }
    },
  )

  data_alarms = merge(
    {
      "stale" = {
        description = "Datasources are older than their definitions expect."
        namespace   = "Sluice", metric = "DatasourcesStale", statistic = "Maximum", dimensions = local.environment_dimensions
        comparison  = "GreaterThanThreshold", threshold = 0, period = 300, periods = 3, datapoints = 2, missing = "notBreaching"
      }
    },
    local.thresholds.backfill_idle < 0 ? {} : {
      "backfill" = {
        description = "A backfill has not come forward for long: its runs take long or wait, the cluster has no free task slot, or it does not answer."
        namespace   = "Sluice", metric = "BackfillIdleTime", statistic = "Maximum", dimensions = local.environment_dimensions
        comparison  = "GreaterThanThreshold", threshold = local.thresholds.backfill_idle, period = 300, periods = 3, datapoints = 2, missing = "notBreaching"
      }
    },
    local.thresholds.due_age < 0 ? {} : {
      "due-age" = {
        description = "Items have been due for long: ticks do not keep up, or their steps fail."
        namespace   = "Sluice", metric = "OldestDueAge", statistic = "Maximum", dimensions = local.environment_dimensions
        comparison  = "GreaterThanThreshold", threshold = local.thresholds.due_age, period = 300, periods = 2, datapoints = 2, missing = "notBreaching"
      }
    },
    local.thresholds.outbox_age < 0 ? {} : {
      "outbox-age" = {
        description = "Events wait in the outbox: the bus does not take them, so nothing follows from them."
        namespace   = "Sluice", metric = "OutboxAge", statistic = "Maximum", dimensions = local.environment_dimensions
        comparison  = "GreaterThanThreshold", threshold = local.thresholds.outbox_age, period = 300, periods = 2, datapoints = 2, missing = "notBreaching"
      }
    },
    {
      "misaligned" = {
        description = "A cluster did not take over a definition. The event sluice.definition.misaligned says why."
        namespace   = "Sluice", metric = "DefinitionsMisaligned", statistic = "Sum", dimensions = local.environment_dimensions
        comparison  = "GreaterThanThreshold", threshold = 0, period = 300, periods = 1, datapoints = 1, missing = "notBreaching"
      }
    },
    {
      for cluster in keys(var.clusters) : "${cluster}-runs-unsuccessful" => {
        description = "Runs on ${cluster} failed, were refused, timed out or were rolled back."
        namespace   = "Sluice", metric = "RunsUnsuccessful", statistic = "Sum", dimensions = { Environment = var.environment, Cluster = cluster }
        comparison  = "GreaterThanThreshold", threshold = 0, period = 300, periods = 1, datapoints = 1, missing = "notBreaching"
      }
    },
    {
      for cluster in keys(var.clusters) : "${cluster}-slow" => {
        description = "Files on ${cluster} have taken longer than they should from their upload until they can be queried."
        namespace   = "Sluice", metric = "TimeToAvailable", statistic = "Maximum", dimensions = { Environment = var.environment, Cluster = cluster }
        comparison  = "GreaterThanThreshold", threshold = local.thresholds.time_to_available, period = 300, periods = 3, datapoints = 2, missing = "notBreaching"
      } if local.thresholds.time_to_available >= 0
    },
    {
      for cluster in keys(var.clusters) : "${cluster}-rows-unparseable" => {
        description = "Rows could not be read by tasks on ${cluster}."
        namespace   = "Sluice", metric = "RowsUnparseable", statistic = "Sum", dimensions = { Environment = var.environment, Cluster = cluster }
        comparison  = "GreaterThanThreshold", threshold = local.thresholds.rows_unparseable, period = 300, periods = 1, datapoints = 1, missing = "notBreaching"
      } if local.thresholds.rows_unparseable >= 0
    },
    {
      for cluster in keys(var.clusters) : "${cluster}-rows-thrown-away" => {
        description = "Tasks on ${cluster} have thrown rows away."
        namespace   = "Sluice", metric = "RowsThrownAway", statistic = "Sum", dimensions = { Environment = var.environment, Cluster = cluster }
        comparison  = "GreaterThanThreshold", threshold = local.thresholds.rows_thrown_away, period = 300, periods = 1, datapoints = 1, missing = "notBreaching"
      } if local.thresholds.rows_thrown_away >= 0
    },
    {
      for cluster in keys(var.clusters) : "${cluster}-outage" => {
        description = "${cluster} does not answer. Its runs wait."
        namespace   = "Sluice", metric = "OutageAge", statistic = "Maximum", dimensions = { Environment = var.environment, Cluster = cluster }
        comparison  = "GreaterThanThreshold", threshold = local.thresholds.outage_age, period = 300, periods = 2, datapoints = 2, missing = "notBreaching"
      } if local.thresholds.outage_age >= 0
    },
    {
      for cluster in keys(var.clusters) : "${cluster}-druid-errors" => {
        description = "Calls to ${cluster} fail, although it is reachable."
        namespace   = "Sluice", metric = "DruidErrors", statistic = "Sum", dimensions = { Environment = var.environment, Cluster = cluster }
        comparison  = "GreaterThanThreshold", threshold = local.thresholds.druid_errors, period = 300, periods = 3, datapoints = 3, missing = "notBreaching"
      } if local.thresholds.druid_errors >= 0
    },
    {
      for cluster in keys(var.clusters) : "${cluster}-supervisors-unhealthy" => {
        description = "Supervisors on ${cluster} do not work: they are unhealthy or gone, or their tasks fail."
        namespace   = "Sluice", metric = "SupervisorsUnhealthy", statistic = "Sum", dimensions = { Environment = var.environment, Cluster = cluster }
        comparison  = "GreaterThanThreshold", threshold = 0, period = 1800, periods = 2, datapoints = 2, missing = "notBreaching"
      }
    },
    {
      for cluster in keys(var.clusters) : "${cluster}-supervisor-lag" => {
        description = "A supervisor on ${cluster} lags behind its stream."
        namespace   = "Sluice", metric = "SupervisorLag", statistic = "Maximum", dimensions = { Environment = var.environment, Cluster = cluster }
        comparison  = "GreaterThanThreshold", threshold = local.thresholds.supervisor_lag, period = 1800, periods = 2, datapoints = 2, missing = "notBreaching"
      } if local.thresholds.supervisor_lag >= 0
    },
    {
      for cluster in keys(var.clusters) : "${cluster}-drifted" => {
        description = "Somebody has changed settings on ${cluster} that a definition manages."
        namespace   = "Sluice", metric = "DefinitionsDrifted", statistic = "Sum", dimensions = { Environment = var.environment, Cluster = cluster }
        comparison  = "GreaterThanThreshold", threshold = 0, period = 300, periods = 1, datapoints = 1, missing = "notBreaching"
      }
    },
    {
      for cluster in keys(var.clusters) : "${cluster}-compaction-stalled" => {
        description = "Automatic compaction on ${cluster} makes no progress."
        namespace   = "Sluice", metric = "CompactionsStalled", statistic = "Sum", dimensions = { Environment = var.environment, Cluster = cluster }
        comparison  = "GreaterThanThreshold", threshold = 0, period = 300, periods = 1, datapoints = 1, missing = "notBreaching"
      }
    },
    {
      for cluster in keys(var.clusters) : "${cluster}-sweeps-refused" => {
        description = "Sweeps on ${cluster} have refused a part of their work."
        namespace   = "Sluice", metric = "SweepsRefused", statistic = "Sum", dimensions = { Environment = var.environment, Cluster = cluster }
        comparison  = "GreaterThanThreshold", threshold = 0, period = 3600, periods = 1, datapoints = 1, missing = "notBreaching"
      }
    },
    {
      for cluster in keys(var.clusters) : "${cluster}-sweep-age" => {
        description = "A datasource on ${cluster} has had no sweep for days."
        namespace   = "Sluice", metric = "LastSweepAge", statistic = "Maximum", dimensions = { Environment = var.environment, Cluster = cluster }
        comparison  = "GreaterThanThreshold", threshold = local.thresholds.sweep_age_days * 86400, period = 86400, periods = 1, datapoints = 1, missing = "notBreaching"
      } if local.thresholds.sweep_age_days >= 0
    },
  )
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = var.alarms_enabled ? local.alarms : {}

  alarm_name          = "${local.name}-${each.key}"
  alarm_description   = each.value.description
  namespace           = each.value.namespace
  metric_name         = each.value.metric
  statistic           = each.value.statistic
  dimensions          = each.value.dimensions
  comparison_operator = each.value.comparison
  threshold           = each.value.threshold
  period              = each.value.period
  evaluation_periods  = each.value.periods
  datapoints_to_alarm = each.value.datapoints
  treat_missing_data  = each.value.missing
  alarm_actions       = local.alarm_actions
  ok_actions          = local.alarm_actions
  tags                = var.tags
}
