locals {
  schedules = {
    for name, s in local.routes.schedules : name => {
      function   = s.function
      expression = coalesce(try(var.schedules[name].expression, null), s.rate)
      timezone   = try(var.schedules[name].timezone, null)
      enabled    = try(var.schedules[name].enabled, true)
    }
  }

  scheduled_functions = sort(distinct([for s in values(local.schedules) : s.function]))

  # A tick each few minutes is soon followed by the next, so a missed one is not made up for; a rarer one is, within an hour.
  is_frequent = { for name, s in local.schedules : name => can(regex("^rate\\([0-9]+ minutes?\\)$", s.expression)) }
}

resource "aws_scheduler_schedule_group" "this" {
  name = local.name
  tags = var.tags
}

resource "aws_scheduler_schedule" "this" {
  for_each = local.schedules

  name                         = "${local.name}-${each.key}"
  description                  = "Sluice, environment ${var.environment}: ${each.key}"
  group_name                   = aws_scheduler_schedule_group.this.name
  schedule_expression          = each.value.expression
  schedule_expression_timezone = coalesce(each.value.timezone, "UTC")
  state                        = each.value.enabled ? "ENABLED" : "DISABLED"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = aws_lambda_function.this[each.value.function].arn
    role_arn = aws_iam_role.scheduler.arn

    dead_letter_config {
      arn = aws_sqs_queue.schedule_dead_letter.arn
    }

    retry_policy {
      maximum_event_age_in_seconds = local.is_frequent[each.key] ? 60 : 3600
      maximum_retry_attempts       = local.is_frequent[each.key] ? 0 : 5
    }
  }

  # EventBridge Scheduler tries the role when it takes the schedule, and the first tick may come at once.
  depends_on = [aws_iam_role_policy.scheduler, aws_lambda_function_event_invoke_config.scheduled]
}

# Scheduler invokes asynchronously: Lambda has the queue and the retries from there.
resource "aws_lambda_function_event_invoke_config" "scheduled" {
  for_each = { for name, s in local.schedules : s.function => name }

  function_name                = aws_lambda_function.this[each.key].function_name
  maximum_event_age_in_seconds = local.is_frequent[each.value] ? 60 : 3600
  maximum_retry_attempts       = local.is_frequent[each.value] ? 0 : 1

  destination_config {
    on_failure {
      destination = aws_sqs_queue.schedule_dead_letter.arn
    }
  }

  # Lambda tries the function's role on the destination.
  depends_on = [aws_iam_role_policy.function]
}

# Ticks that could not be delivered, or failed.
resource "aws_sqs_queue" "schedule_dead_letter" {
  name                      = "${local.name}-schedule-dead-letter"
  message_retention_seconds = local.dead_letter_seconds
  sqs_managed_sse_enabled   = var.queue_kms_key_arn == null ? true : null
  kms_master_key_id         = var.queue_kms_key_arn
  tags                      = var.tags
}

resource "aws_iam_role" "scheduler" {
  name                 = "${local.name}-scheduler"
  path                 = var.role_path
  permissions_boundary = var.permissions_boundary_arn
  tags                 = var.tags

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "scheduler.amazonaws.com" }
      Condition = {
        StringEquals = {
          "aws:SourceAccount" = local.account_id
          "aws:SourceArn"     = "arn:${local.partition}:scheduler:${local.region}:${local.account_id}:schedule-group/${local.name}"
        }
      }
    }]
  })
}

resource "aws_iam_role_policy" "scheduler" {
  name = "scheduler"
  role = aws_iam_role.scheduler.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [
        {
          Sid      = "Invoke"
          Effect   = "Allow"
          Action   = ["lambda:InvokeFunction"]
          Resource = [for name in local.scheduled_functions : aws_lambda_function.this[name].arn]
        },
        {
          Sid      = "KeepUndeliveredTicks"
          Effect   = "Allow"
          Action   = ["sqs:SendMessage"]
          Resource = [aws_sqs_queue.schedule_dead_letter.arn]
        },
      ],
      var.queue_kms_key_arn == null ? [] : [{
        Sid      = "UseQueueKey"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = [var.queue_kms_key_arn]
      }],
    )
  })
}
