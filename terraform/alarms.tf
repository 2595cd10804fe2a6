# Alarms on metrics that AWS provides. They show that something does not run, but not that data is late: the functions do not
# write metrics of their own yet.

locals {
  alarm_actions = !var.alarms_enabled ? [] : concat(var.notify.sns_topic_arns, aws_sns_topic.alarms[*].arn)

  dead_letter_queues = merge(
    { for key in keys(local.queues) : key => aws_sqs_queue.dead_letter[key].name },
    { events = aws_sqs_queue.event_dead_letter.name, schedule = aws_sqs_queue.schedule_dead_letter.name },
  )

  # The rate of an overridden schedule is unknown here, so there is no telling when a tick is missing.
  watched_schedules = { for name, s in local.schedules : name => s if s.enabled && s.expression == local.routes.schedules[name].rate }

  alarms = merge(
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
