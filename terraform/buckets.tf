locals {
  # Definitions lie in a landing bucket, or in a bucket of their own under this key.
  definitions_key    = coalesce(var.definitions.landing_bucket, "definitions")
  definitions_route  = one([for n in local.routes.s3Notifications : n if n.of == "definitions"])
  definitions_prefix = coalesce(var.definitions.prefix, local.definitions_route.prefix)

  landing_is_made_here = try(var.landing_buckets["landing"].create, false)

  # Every bucket by its key: those of landing_buckets, and "definitions" where it is one of its own.
  buckets = merge(
    { for key, b in var.landing_buckets : key => { create = b.create, bucket = b.bucket, notification = b.notification, versioning = b.versioning, kms_key_arn = b.kms_key_arn } },
    var.definitions.landing_bucket != null ? {} : {
      definitions = {
        create       = var.definitions.create
        bucket       = var.definitions.bucket
        notification = var.definitions.notification
        versioning   = true
        kms_key_arn  = var.definitions.kms_key_arn
      }
    },
  )

  made_buckets = { for key, b in local.buckets : key => b if b.create }

  # By attribute of the resource where the bucket is made here, so that what needs the bucket waits for it.
  bucket_names = { for key, b in local.buckets : key => b.create ? aws_s3_bucket.this[key].bucket : b.bucket }

  notifications = flatten([
    for n in local.routes.s3Notifications : n.of == "definitions" ? [
      {
        id     = "${local.name}-definitions"
        bucket = local.definitions_key
        events = n.events
        prefix = local.definitions_prefix
        suffix = n.suffix
        queue  = trimprefix(n.queue, "sluice-")
      }
      ] : [
      for key, b in var.landing_buckets : {
        id     = "${local.name}-${key}"
        bucket = key
        events = n.events
        prefix = b.prefix
        suffix = b.suffix
        queue  = trimprefix(n.queue, "sluice-")
      }
    ]
  ])
}

resource "aws_s3_bucket" "this" {
  for_each = local.made_buckets

  bucket        = coalesce(each.value.bucket, "${local.name}-${each.key}-${local.account_id}")
  force_destroy = var.force_destroy_buckets
  tags          = var.tags
}

resource "aws_s3_bucket_public_access_block" "this" {
  for_each = local.made_buckets

  bucket                  = aws_s3_bucket.this[each.key].id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "this" {
  for_each = local.made_buckets

  bucket = aws_s3_bucket.this[each.key].id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  for_each = local.made_buckets

  bucket = aws_s3_bucket.this[each.key].id

  rule {
    bucket_key_enabled = each.value.kms_key_arn != null

    apply_server_side_encryption_by_default {
      sse_algorithm     = each.value.kms_key_arn == null ? "AES256" : "aws:kms"
      kms_master_key_id = each.value.kms_key_arn
    }
  }
}

resource "aws_s3_bucket_versioning" "this" {
  for_each = { for key, b in local.made_buckets : key => b if b.versioning }

  bucket = aws_s3_bucket.this[each.key].id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_policy" "this" {
  for_each = local.made_buckets

  bucket = aws_s3_bucket.this[each.key].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "NothingWithoutTls"
      Effect    = "Deny"
      Action    = "s3:*"
      Principal = "*"
      Resource  = [aws_s3_bucket.this[each.key].arn, "${aws_s3_bucket.this[each.key].arn}/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })

  # S3 takes one change of a bucket's access at a time.
  depends_on = [aws_s3_bucket_public_access_block.this]
}

resource "aws_s3_bucket_notification" "this" {
  for_each = { for key, b in local.buckets : key => b if b.notification == "module" }

  bucket = local.bucket_names[each.key]

  dynamic "queue" {
    for_each = [for n in local.notifications : n if n.bucket == each.key]

    content {
      id            = queue.value.id
      queue_arn     = aws_sqs_queue.this[queue.value.queue].arn
      events        = queue.value.events
      filter_prefix = queue.value.prefix
      filter_suffix = queue.value.suffix
    }
  }

  # S3 sends a test message when it takes the configuration, and refuses a queue that does not let it.
  depends_on = [aws_sqs_queue_policy.this, aws_s3_bucket_policy.this]
}
