resource "aws_cloudwatch_event_bus" "this" {
  count = var.event_bus.create ? 1 : 0

  name = coalesce(var.event_bus.name, local.name)
  tags = var.tags
}

resource "aws_cloudwatch_event_rule" "this" {
  for_each = local.rules

  name           = "${local.name}-${each.key}"
  description    = "Sluice, environment ${var.environment}: to the queue ${each.value.queue}"
  event_bus_name = local.bus_name
  tags           = var.tags

  # `source` keeps two environments on one bus apart.
  event_pattern = jsonencode({
    source        = [{ prefix = "/sluice/${var.environment}/" }]
    "detail-type" = each.value.detailTypes
  })
}

resource "aws_cloudwatch_event_target" "this" {
  for_each = local.rules

  rule           = aws_cloudwatch_event_rule.this[each.key].name
  event_bus_name = local.bus_name
  target_id      = each.value.queue
  arn            = aws_sqs_queue.this[each.value.queue].arn
  # The CloudEvent alone, without EventBridge's envelope.
  input_path = "$.detail"

  dead_letter_config {
    arn = aws_sqs_queue.event_dead_letter.arn
  }

  # EventBridge would drop what it may not put on the queue yet.
  depends_on = [aws_sqs_queue_policy.this, aws_sqs_queue_policy.event_dead_letter]
}

# Requests for a tick. One that is lost costs only time: the schedule's next tick finds what is due.
resource "aws_cloudwatch_event_rule" "invocation" {
  for_each = local.invocations

  name           = "${local.name}-${each.key}"
  description    = "Sluice, environment ${var.environment}: invokes ${each.value.function}"
  event_bus_name = local.bus_name
  tags           = var.tags

  event_pattern = jsonencode({
    source        = [{ prefix = "/sluice/${var.environment}/" }]
    "detail-type" = each.value.detailTypes
  })
}

resource "aws_cloudwatch_event_target" "invocation" {
  for_each = local.invocations

  rule           = aws_cloudwatch_event_rule.invocation[each.key].name
  event_bus_name = local.bus_name
  target_id      = each.value.function
  arn            = aws_lambda_function.this[each.value.function].arn
  input_path     = "$.detail"

  retry_policy {
    maximum_event_age_in_seconds = 60
    maximum_retry_attempts       = 0
  }

  depends_on = [aws_lambda_permission.invocation]
}

resource "aws_lambda_permission" "invocation" {
  for_each = local.invocations

  statement_id  = each.key
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this[each.value.function].function_name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.invocation[each.key].arn
}

# Events that EventBridge could not put on their queue.
resource "aws_sqs_queue" "event_dead_letter" {
  name                      = "${local.name}-events-dead-letter"
  message_retention_seconds = local.dead_letter_seconds
  sqs_managed_sse_enabled   = var.queue_kms_key_arn == null ? true : null
  kms_master_key_id         = var.queue_kms_key_arn
  tags                      = var.tags
}

resource "aws_sqs_queue_policy" "event_dead_letter" {
  queue_url = aws_sqs_queue.event_dead_letter.url
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "NothingWithoutTls"
        Effect    = "Deny"
        Action    = "sqs:*"
        Principal = "*"
        Resource  = aws_sqs_queue.event_dead_letter.arn
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
      {
        Sid       = "UndeliveredEvents"
        Effect    = "Allow"
        Action    = "sqs:SendMessage"
        Principal = { Service = "events.amazonaws.com" }
        Resource  = aws_sqs_queue.event_dead_letter.arn
        Condition = {
          ArnEquals = { "aws:SourceArn" = sort(concat(
            [for rule in aws_cloudwatch_event_rule.this : rule.arn],
            [for rule in aws_cloudwatch_event_rule.notification : rule.arn],
            [for rule in aws_cloudwatch_event_rule.alarm : rule.arn],
          )) }
          StringEquals = { "aws:SourceAccount" = local.account_id }
        }
      },
    ]
  })
}
