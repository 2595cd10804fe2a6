# A landing bucket that another configuration owns, with notifications of its own; and the bus that the company has.

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
}

provider "aws" {
  region = "eu-central-1"
}

# Stands for a bucket that is there already.
resource "aws_s3_bucket" "lake" {
  bucket = "example-lake"
}

module "sluice" {
  source       = "../.."
  function_zip = "../../../target/function.zip"
  environment  = "lake"

  clusters  = { main = { url = "https://druid.example.com" } }
  event_bus = { create = false, name = "default" }

  landing_buckets = {
    lake = {
      create       = false
      bucket       = aws_s3_bucket.lake.bucket
      prefix       = "events/"
      notification = "external"
    }
  }
  definitions = { landing_bucket = "lake", prefix = "sluice/" }

  definition_variables = { LANDING_BUCKET = aws_s3_bucket.lake.bucket }
}

# A bucket has one notification configuration, so its owner adds Sluice's to the others.
resource "aws_s3_bucket_notification" "lake" {
  bucket = aws_s3_bucket.lake.bucket

  dynamic "queue" {
    for_each = module.sluice.bucket_notifications["lake"]

    content {
      id            = queue.value.id
      queue_arn     = queue.value.queue_arn
      events        = queue.value.events
      filter_prefix = queue.value.prefix
      filter_suffix = queue.value.suffix
    }
  }
}
