# Alarms on what AWS itself measures. They tell that something does not run, not yet that data is late: for that the
# functions would have to write metrics of their own, which they do not so far.

locals {
  alarm_actions = !var.alarms_enabled ? [] : concat(var.notify.sns_topic_arns, aws_sns_topic.alarms[*].arn)

  dead_letter_queues = merge(
    { for key in keys(local.queues) : key => aws_sqs_queue.dead_letter[key].name },
    { events = aws_sqs_queue.event_dead_letter.name, schedule = aws_sqs_queue.schedule_dead_letter.name },
  )

  # A schedule that somebody has changed may tick at any rate, so nobody knows when a tick is missing.
  watched_schedules = { for name, s in local.schedules : name => s if s.enabled && s.expression == local.routes.schedules[name].rate }

  alarms = merge(
    {
      for name in keys(local.functions) : "${name}-errors" => {
        description = "Invocations of ${name} fail. The log group of the function has the stack; the queue delivers again what failed."
        namespace   = "AWS/Lambda", metric = "Errors", statistic = "Sum", dimensions = { FunctionName = aws_lambda_function.this[name].function_name }
        comparison  = "GreaterThanThreshold", threshold = 0, period = 300, periods = 3
        # A sweep runs once a day, so its one failure has to be enough.
        datapoints = contains(local.scheduled_functions, name) && try(!local.is_frequent[name], false) ? 1 : 2, missing = "notBreaching"
      }
    },
    {
      for name in keys(local.functions) : "${name}-throttles" => {
        description = "${name} is asked for more than its concurrency allows, for a quarter of an hour. Raise reserved_concurrency, or look for what takes so long."
        namespace   = "AWS/Lambda", metric = "Throttles", statistic = "Sum", dimensions = { FunctionName = aws_lambda_function.this[name].function_name }
        comparison  = "GreaterThanThreshold", threshold = 0, period = 300, periods = 3, datapoints = 3, missing = "notBreaching"
      }
    },
    {
      for name, s in local.watched_schedules : "${name}-missing" => {
        description = "The schedule ${name} does not run: ${local.is_frequent[name] ? "no task is followed, and nothing that waits goes on" : "nothing was swept for two days"}. Look at the schedule's state and its dead-letter queue."
        namespace   = "AWS/Lambda", metric = "Invocations", statistic = "Sum", dimensions = { FunctionName = aws_lambda_function.this[s.function].function_name }
        comparison  = "LessThanThreshold", threshold = 1, period = local.is_frequent[name] ? 300 : 86400, periods = 2, datapoints = 2, missing = "breaching"
      }
    },
    {
      for key, q in local.queues : "${key}-queue-age" => {
        description = "Messages wait for ${q.function} for more than ten minutes. It fails, is throttled, or is slower than what comes."
        namespace   = "AWS/SQS", metric = "ApproximateAgeOfOldestMessage", statistic = "Maximum", dimensions = { QueueName = aws_sqs_queue.this[key].name }
        comparison  = "GreaterThanThreshold", threshold = 600, period = 300, periods = 2, datapoints = 2, missing = "notBreaching"
      }
    },
    {
      for key, name in local.dead_letter_queues : "${key}-dead-letters" => {
        description = "The dead-letter queue ${name} has messages that nobody will process by itself. See what they are, mend the cause, and redrive them."
        namespace   = "AWS/SQS", metric = "ApproximateNumberOfMessagesVisible", statistic = "Maximum", dimensions = { QueueName = name }
        comparison  = "GreaterThanThreshold", threshold = 0, period = 300, periods = 1, datapoints = 1, missing = "notBreaching"
      }
    },
    !var.api_enabled ? {} : {
      "api-errors" = {
        description = "The API answers with server errors. The access log has the request, the log of gate the reason under the same request id."
        namespace   = "AWS/ApiGateway", metric = "5xx", statistic = "Sum", dimensions = { ApiId = aws_apigatewayv2_api.this[0].id }
        comparison  = "GreaterThanThreshold", threshold = 0, period = 300, periods = 3, datapoints = 2, missing = "notBreaching"
      }
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

resource "aws_sns_topic" "alarms" {
  count = var.alarms_enabled && length(var.notify.email) > 0 ? 1 : 0

  name = "${local.name}-alarms"
  tags = var.tags
}

resource "aws_sns_topic_policy" "alarms" {
  count = length(aws_sns_topic.alarms)

  arn = aws_sns_topic.alarms[0].arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Alarms"
      Effect    = "Allow"
      Action    = "sns:Publish"
      Principal = { Service = "cloudwatch.amazonaws.com" }
      Resource  = aws_sns_topic.alarms[0].arn
      Condition = {
        ArnLike      = { "aws:SourceArn" = "arn:${local.partition}:cloudwatch:${local.region}:${local.account_id}:alarm:${local.name}-*" }
        StringEquals = { "aws:SourceAccount" = local.account_id }
      }
    }]
  })
}

resource "aws_sns_topic_subscription" "email" {
  for_each = toset(length(aws_sns_topic.alarms) == 0 ? [] : var.notify.email)

  topic_arn = aws_sns_topic.alarms[0].arn
  protocol  = "email"
  endpoint  = each.value
}
