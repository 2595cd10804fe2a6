# Tells people of alarms and of events. A text says what has happened, where, and what to look at next.

locals {
  has_slack     = var.notify.slack != null
  has_pagerduty = var.notify.pagerduty != null
  has_email     = length(var.notify.email) > 0

  # What tells people in our name, and the service that assumes its role.
  notifiers = merge(
    local.has_pagerduty ? { pagerduty = "events.amazonaws.com" } : {},
    local.has_slack ? { slack = "chatbot.amazonaws.com" } : {},
  )

  # What follows "Next: ". Without the API the log of poll tells a run's story.
  api_command     = var.api_enabled ? "awscurl --service execute-api --region ${local.region} ${local.api_url}${local.routes.httpApi.pathPrefix}" : ""
  next_run        = var.api_enabled ? "${local.api_command}runs/<run>" : "aws logs filter-log-events --log-group-name /aws/lambda/${local.name}-poll --filter-pattern <run>"
  next_datasource = var.api_enabled ? "${local.api_command}definitions/<datasource>/alignment" : "aws logs filter-log-events --log-group-name /aws/lambda/${local.name}-poll --filter-pattern <datasource>"
  next_runs       = var.api_enabled ? "${local.api_command}runs?datasource=<datasource>" : "aws logs filter-log-events --log-group-name /aws/lambda/${local.name}-poll --filter-pattern <datasource>"
  next_streams    = var.api_enabled ? "${local.api_command}datasources/<datasource>/streams" : "aws logs filter-log-events --log-group-name /aws/lambda/${local.name}-poll --filter-pattern <datasource>"
  next_sweeps     = var.api_enabled ? "${local.api_command}retention/reports?datasource=<datasource>" : "aws logs filter-log-events --log-group-name /aws/lambda/${local.name}-retain --filter-pattern <datasource>"

  run_paths        = { run = "$.detail.data.runId", cluster = "$.detail.data.cluster", datasource = "$.detail.data.datasource", code = "$.detail.data.problem.code" }
  supervisor_paths = merge(local.datasource_paths, { supervisor = "$.detail.data.supervisor" })
  stream_paths     = merge(local.supervisor_paths, { since = "$.detail.data.since", lag = "$.detail.data.lag" })
  datasource_paths = { cluster = "$.detail.data.cluster", datasource = "$.detail.data.datasource" }

  # `title` says what and where, `detail` why. Only ids, codes and times come from the event: a text of Druid may hold quotes,
  # which would end the text that it is put into.
  notices = {
    run-failed = {
      types = ["sluice.run.failed", "sluice.run.timed-out"], data = {}, severity = "error", paths = local.run_paths
      title = "Run of <datasource> on <cluster> has failed: <code>", detail = "Run <run>. What it should have loaded is not there, or not complete.", next = local.next_run
    }
    run-refused = {
      types = ["sluice.run.refused"], data = {}, severity = "error", paths = local.run_paths
      title = "Run of <datasource> on <cluster> was refused: <code>", detail = "Run <run>. Its files wait until the definition or the files change.", next = local.next_run
    }
    run-rolled-back = {
      types = ["sluice.run.rolled-back"], data = {}, severity = "error", paths = local.run_paths
      title = "Run of <datasource> on <cluster> was rolled back: <code>", detail = "Run <run>. The data from before it is served.", next = local.next_run
    }
    definition-misaligned = {
      types = ["sluice.definition.misaligned"], data = { clusters = { problems = [{ exists = true }] } }, severity = "error", paths = { datasource = "$.detail.data.datasource" }
      title = "A cluster did not take over the definition of <datasource>", detail = "The settings of the cluster are not those of the definition.", next = local.next_datasource
    }
    definition-drifted = {
      types = ["sluice.definition.drifted"], data = {}, severity = "warning", paths = local.datasource_paths
      title = "Settings of <datasource> on <cluster> have drifted", detail = "Somebody else has changed them. Apply the definition again, or change it.", next = local.next_datasource
    }
    stream-unhealthy = {
      types = ["sluice.stream.unhealthy"], data = {}, severity = "error", paths = local.stream_paths
      title = "Stream <supervisor> on <cluster> is unhealthy", detail = "Its tasks fail, or it is gone, since <since>. Messages wait in the stream: <lag>.", next = local.next_streams
    }
    stream-lagging = {
      types = ["sluice.stream.lagging"], data = {}, severity = "warning", paths = local.stream_paths
      title = "Stream <supervisor> on <cluster> lags", detail = "Since <since>. Messages that wait in the stream: <lag>.", next = local.next_streams
    }
    stream-recovered = {
      types = ["sluice.stream.recovered"], data = {}, severity = "info", paths = local.stream_paths
      title = "Stream <supervisor> on <cluster> has recovered", detail = "It had been in trouble since <since>. Messages that wait in the stream: <lag>.", next = local.next_streams
    }
    stream-drifted = {
      types = ["sluice.stream.drifted"], data = {}, severity = "warning", paths = local.supervisor_paths
      title = "Messages of stream <supervisor> on <cluster> have changed", detail = "They have columns or values that the definition does not declare. Druid drops such columns.", next = local.next_streams
    }
    stream-skipped = {
      types = ["sluice.stream.skipped"], data = {}, severity = "error", paths = local.supervisor_paths
      title = "Stream <supervisor> on <cluster> has passed over messages", detail = "They were gone from the stream before Druid had read them, and Druid went on by itself (resetOffsetAutomatically). The event has the offsets of each partition.", next = local.next_streams
    }
    compaction-stalled = {
      types = ["sluice.compaction.stalled"], data = {}, severity = "warning", paths = local.datasource_paths
      title = "Automatic compaction of <datasource> on <cluster> makes no progress", detail = "Look at its locks, its task slots and failed compact tasks.", next = local.next_datasource
    }
    sweep-refused = {
      types = ["sluice.retention.swept"], data = { refusals = { code = [{ exists = true }] } }, severity = "warning", paths = local.datasource_paths
      title = "Sweep of <datasource> on <cluster> has refused a part of its work", detail = "The report says which segments it left alone, and why.", next = local.next_sweeps
    }
    datasource-stale = {
      types = ["sluice.datasource.stale"], data = {}, severity = "error", paths = merge(local.datasource_paths, { limit = "$.detail.data.freshness", since = "$.detail.data.staleAt" })
      title = "<datasource> on <cluster> is stale", detail = "Stale since <since>: nothing newer than <limit> is available.", next = local.next_runs
    }
    datasource-fresh = {
      types = ["sluice.datasource.fresh"], data = {}, severity = "info", paths = merge(local.datasource_paths, { limit = "$.detail.data.freshness" })
      title = "<datasource> on <cluster> is fresh again", detail = "Its data is newer than <limit>.", next = local.next_runs
    }
  }

  is_anybody_told = local.has_slack || local.has_pagerduty || local.has_email || length(var.notify.sns) > 0
  notified        = { for name, notice in local.notices : name => notice if local.is_anybody_told }

  text_targets = merge([
    for name in keys(local.notified) : merge(
      { for index, arn in var.notify.sns : "${name}/sns-${index}" => { rule = name, arn = arn, id = "sns-${index}" } },
      local.has_email ? { "${name}/email" = { rule = name, arn = aws_sns_topic.notifications[0].arn, id = "email" } } : {},
    )
  ]...)
}

resource "aws_cloudwatch_event_rule" "notification" {
  for_each = local.notified

  name           = "${local.name}-notify-${each.key}"
  description    = "Sluice, environment ${var.environment}: tells people of ${join(", ", each.value.types)}"
  event_bus_name = local.bus_name
  tags           = var.tags

  event_pattern = jsonencode(merge(
    {
      source        = [{ prefix = "/sluice/${var.environment}/" }]
      "detail-type" = each.value.types
    },
    length(each.value.data) == 0 ? {} : { detail = { data = each.value.data } },
  ))
}

resource "aws_cloudwatch_event_target" "text" {
  for_each = local.text_targets

  rule           = aws_cloudwatch_event_rule.notification[each.value.rule].name
  event_bus_name = local.bus_name
  target_id      = each.value.id
  arn            = each.value.arn

  input_transformer {
    input_paths = local.notified[each.value.rule].paths
    input_template = join("\n", [
      "\"[${local.name}] ${local.notified[each.value.rule].title}\"",
      "\"${local.notified[each.value.rule].detail}\"",
      "\"Next: ${local.notified[each.value.rule].next}\"",
    ])
  }

  dead_letter_config {
    arn = aws_sqs_queue.event_dead_letter.arn
  }

  depends_on = [aws_sns_topic_policy.notifications, aws_sqs_queue_policy.event_dead_letter]
}

# Amazon Q Developer in chat applications shows messages of this form, and alarms as they are.
resource "aws_cloudwatch_event_target" "slack" {
  for_each = { for name, notice in local.notified : name => notice if local.has_slack }

  rule           = aws_cloudwatch_event_rule.notification[each.key].name
  event_bus_name = local.bus_name
  target_id      = "slack"
  arn            = aws_sns_topic.slack[0].arn

  input_transformer {
    input_paths = each.value.paths
    input_template = replace(replace(jsonencode({
      version = "1.0"
      source  = "custom"
      content = {
        textType    = "client-markdown"
        title       = "[${local.name}] ${each.value.title}"
        description = each.value.detail
        nextSteps   = [each.value.next]
      }
    }), "\\u003c", "<"), "\\u003e", ">")
  }

  dead_letter_config {
    arn = aws_sqs_queue.event_dead_letter.arn
  }

  depends_on = [aws_sns_topic_policy.slack, aws_sqs_queue_policy.event_dead_letter]
}

resource "aws_cloudwatch_event_target" "pagerduty" {
  for_each = { for name, notice in local.notified : name => notice if local.has_pagerduty && notice.severity != "info" }

  rule           = aws_cloudwatch_event_rule.notification[each.key].name
  event_bus_name = local.bus_name
  target_id      = "pagerduty"
  arn            = aws_cloudwatch_event_api_destination.pagerduty[0].arn
  role_arn       = aws_iam_role.notifier["pagerduty"].arn

  # The connection adds the routing key.
  input_transformer {
    input_paths = merge(each.value.paths, { id = "$.detail.id" })
    input_template = replace(replace(jsonencode({
      event_action = "trigger"
      dedup_key    = "<id>"
      payload = {
        summary        = "[${local.name}] ${each.value.title}"
        source         = local.name
        severity       = each.value.severity
        custom_details = { detail = each.value.detail, next = each.value.next }
      }
    }), "\\u003c", "<"), "\\u003e", ">")
  }

  dead_letter_config {
    arn = aws_sqs_queue.event_dead_letter.arn
  }

  depends_on = [aws_iam_role_policy.pagerduty, aws_sqs_queue_policy.event_dead_letter]
}

# Alarms open an incident and close it again. CloudWatch puts their changes on the default bus of the account.
resource "aws_cloudwatch_event_rule" "alarm" {
  for_each = local.has_pagerduty && var.alarms_enabled ? { trigger = "ALARM", resolve = "OK" } : {}

  name        = "${local.name}-alarm-${each.key}"
  description = "Sluice, environment ${var.environment}: alarms that are ${each.value}"
  tags        = var.tags

  event_pattern = jsonencode({
    source        = ["aws.cloudwatch"]
    "detail-type" = ["CloudWatch Alarm State Change"]
    resources     = [{ prefix = "arn:${local.partition}:cloudwatch:${local.region}:${local.account_id}:alarm:${local.name}-" }]
    detail        = { state = { value = [each.value] } }
  })
}

resource "aws_cloudwatch_event_target" "alarm" {
  for_each = aws_cloudwatch_event_rule.alarm

  rule      = each.value.name
  target_id = "pagerduty"
  arn       = aws_cloudwatch_event_api_destination.pagerduty[0].arn
  role_arn  = aws_iam_role.notifier["pagerduty"].arn

  input_transformer {
    input_paths = { alarm = "$.detail.alarmName", state = "$.detail.state.value" }
    input_template = replace(replace(jsonencode({
      event_action = each.key
      dedup_key    = "<alarm>"
      payload = {
        summary        = "<alarm> is <state>"
        source         = local.name
        severity       = "error"
        custom_details = { next = "docs/operations.md has a section on each alarm" }
      }
    }), "\\u003c", "<"), "\\u003e", ">")
  }

  dead_letter_config {
    arn = aws_sqs_queue.event_dead_letter.arn
  }

  depends_on = [aws_iam_role_policy.pagerduty, aws_sqs_queue_policy.event_dead_letter]
}

resource "aws_cloudwatch_event_api_destination" "pagerduty" {
  count = local.has_pagerduty ? 1 : 0

  name                             = "${local.name}-pagerduty"
  connection_arn                   = var.notify.pagerduty.connection_arn
  http_method                      = "POST"
  invocation_endpoint              = "https://events.pagerduty.com/v2/enqueue"
  invocation_rate_limit_per_second = 5
}

resource "aws_iam_role" "notifier" {
  for_each = local.notifiers

  name                 = "${local.name}-${each.key}"
  path                 = var.role_path
  permissions_boundary = var.permissions_boundary_arn
  tags                 = var.tags

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = each.value }
      Condition = { StringEquals = { "aws:SourceAccount" = local.account_id } }
    }]
  })
}

resource "aws_iam_role_policy" "pagerduty" {
  count = local.has_pagerduty ? 1 : 0

  name = "pagerduty"
  role = aws_iam_role.notifier["pagerduty"].name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "Invoke"
      Effect   = "Allow"
      Action   = ["events:InvokeApiDestination"]
      Resource = [aws_cloudwatch_event_api_destination.pagerduty[0].arn]
    }]
  })
}

resource "aws_sns_topic" "notifications" {
  count = local.has_email ? 1 : 0

  name = "${local.name}-notifications"
  tags = var.tags
}

resource "aws_sns_topic_subscription" "email" {
  for_each = toset(local.has_email ? var.notify.email : [])

  topic_arn = aws_sns_topic.notifications[0].arn
  protocol  = "email"
  endpoint  = each.value
}

resource "aws_sns_topic" "slack" {
  count = local.has_slack ? 1 : 0

  name = "${local.name}-slack"
  tags = var.tags
}

resource "aws_sns_topic_policy" "notifications" {
  count = length(aws_sns_topic.notifications)

  arn    = aws_sns_topic.notifications[0].arn
  policy = jsonencode(merge(local.topic_policy, { Statement = [for s in local.topic_policy.Statement : merge(s, { Resource = aws_sns_topic.notifications[0].arn })] }))
}

resource "aws_sns_topic_policy" "slack" {
  count = length(aws_sns_topic.slack)

  arn    = aws_sns_topic.slack[0].arn
  policy = jsonencode(merge(local.topic_policy, { Statement = [for s in local.topic_policy.Statement : merge(s, { Resource = aws_sns_topic.slack[0].arn })] }))
}

locals {
  topic_policy = {
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Alarms"
        Effect    = "Allow"
        Action    = "sns:Publish"
        Principal = { Service = "cloudwatch.amazonaws.com" }
        Condition = {
          ArnLike      = { "aws:SourceArn" = "arn:${local.partition}:cloudwatch:${local.region}:${local.account_id}:alarm:${local.name}-*" }
          StringEquals = { "aws:SourceAccount" = local.account_id }
        }
      },
      {
        Sid       = "Events"
        Effect    = "Allow"
        Action    = "sns:Publish"
        Principal = { Service = "events.amazonaws.com" }
        Condition = {
          ArnLike      = { "aws:SourceArn" = "arn:${local.partition}:events:${local.region}:${local.account_id}:rule/*${local.name}-notify-*" }
          StringEquals = { "aws:SourceAccount" = local.account_id }
        }
      },
    ]
  }
}

resource "aws_chatbot_slack_channel_configuration" "this" {
  count = local.has_slack ? 1 : 0

  configuration_name = "${local.name}-sluice"
  iam_role_arn       = aws_iam_role.notifier["slack"].arn
  slack_team_id      = var.notify.slack.workspace_id
  slack_channel_id   = var.notify.slack.channel_id
  sns_topic_arns     = [aws_sns_topic.slack[0].arn]
  # The channel reads messages. It may do nothing.
  guardrail_policy_arns = ["arn:${local.partition}:iam::aws:policy/AWSDenyAll"]
  tags                  = var.tags
}
