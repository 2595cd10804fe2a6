locals {
  # By their short names: sluice-generate in routes.json is the queue <prefix>-<environment>-generate.
  queues = {
    for name, q in local.routes.queues : trimprefix(name, "sluice-") => merge(q, {
      # Lambda asks for a queue that hides a message for six times as long as the function may take.
      visibility = max(q.visibilityTimeoutSeconds, 6 * local.functions[q.function].timeout_seconds)
    })
  }

  invocations = { for r in local.routes.invocations : r.name => r }

  rules = { for r in local.routes.eventRules : r.name => merge(r, { queue = trimprefix(r.queue, "sluice-") }) }

  dead_letter_seconds = var.dead_letter_retention_days * 86400

  # The buckets that tell each queue, by whichever way their notification is written.
  buckets_of_queue = {
    for queue in keys(local.queues) : queue => sort(distinct([for n in local.notifications : n.bucket if n.queue == queue]))
  }
}

resource "aws_sqs_queue" "this" {
  for_each = local.queues

  name                       = "${local.name}-${each.key}"
  visibility_timeout_seconds = each.value.visibility
  message_retention_seconds  = 345600
  receive_wait_time_seconds  = 20
  sqs_managed_sse_enabled    = var.queue_kms_key_arn == null ? true : null
  kms_master_key_id          = var.queue_kms_key_arn
  tags                       = var.tags

  # A resource of its own has it, which compares JSON by what it says and not by its spaces.
  lifecycle {
    ignore_changes = [redrive_policy]
  }
}

resource "aws_sqs_queue_redrive_policy" "this" {
  for_each = local.queues

  queue_url = aws_sqs_queue.this[each.key].url
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead_letter[each.key].arn
    maxReceiveCount     = each.value.maxReceiveCount
  })
}

resource "aws_sqs_queue" "dead_letter" {
  for_each = local.queues

  name                      = "${local.name}-${each.key}-dead-letter"
  message_retention_seconds = local.dead_letter_seconds
  sqs_managed_sse_enabled   = var.queue_kms_key_arn == null ? true : null
  kms_master_key_id         = var.queue_kms_key_arn
  tags                      = var.tags
}

resource "aws_sqs_queue_redrive_allow_policy" "dead_letter" {
  for_each = var.restrict_dead_letter_queues ? local.queues : {}

  queue_url = aws_sqs_queue.dead_letter[each.key].url
  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = [aws_sqs_queue.this[each.key].arn]
  })
}

resource "aws_sqs_queue_policy" "this" {
  for_each = local.queues

  queue_url = aws_sqs_queue.this[each.key].url
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [{
        Sid       = "NothingWithoutTls"
        Effect    = "Deny"
        Action    = "sqs:*"
        Principal = "*"
        Resource  = aws_sqs_queue.this[each.key].arn
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }],
      [
        for bucket in local.buckets_of_queue[each.key] : {
          Sid       = "ObjectsOf${replace(title(replace(bucket, "-", " ")), " ", "")}"
          Effect    = "Allow"
          Action    = "sqs:SendMessage"
          Principal = { Service = "s3.amazonaws.com" }
          Resource  = aws_sqs_queue.this[each.key].arn
          Condition = {
            ArnEquals    = { "aws:SourceArn" = "arn:${local.partition}:s3:::${local.bucket_names[bucket]}" }
            StringEquals = { "aws:SourceAccount" = coalesce(try(var.landing_buckets[bucket].account_id, null), local.account_id) }
          }
        }
      ],
      [
        for name, rule in local.rules : {
          Sid       = "EventsOf${replace(title(replace(name, "-", " ")), " ", "")}"
          Effect    = "Allow"
          Action    = "sqs:SendMessage"
          Principal = { Service = "events.amazonaws.com" }
          Resource  = aws_sqs_queue.this[each.key].arn
          Condition = {
            ArnEquals    = { "aws:SourceArn" = aws_cloudwatch_event_rule.this[name].arn }
            StringEquals = { "aws:SourceAccount" = local.account_id }
          }
        } if rule.queue == each.key
      ],
    )
  })

  # One change of a queue at a time.
  depends_on = [aws_sqs_queue_redrive_policy.this]
}

resource "aws_lambda_event_source_mapping" "queue" {
  for_each = local.queues

  event_source_arn                   = aws_sqs_queue.this[each.key].arn
  function_name                      = aws_lambda_function.this[each.value.function].arn
  batch_size                         = each.value.batchSize
  maximum_batching_window_in_seconds = each.value.batchingWindowSeconds
  # A message that failed comes again alone.
  function_response_types = ["ReportBatchItemFailures"]
  tags                    = var.tags

  scaling_config {
    maximum_concurrency = local.functions[each.value.function].concurrent_batches
  }

  # A message that fails before has nowhere to go.
  depends_on = [aws_sqs_queue_redrive_policy.this]
}
