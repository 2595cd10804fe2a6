# A released function package. It is downloaded where Terraform runs, checked, and kept in a bucket of its own: functions that
# come later, or from another machine, need no file.

locals {
  release = var.function_release == null ? {} : {
    (var.function_release.sha256) = "${trimsuffix(var.function_release.repository, "/")}/releases/download/v${var.function_release.version}/sluice-function-${var.function_release.version}-${var.architecture}.zip"
  }
  release_file = "${path.root}/.terraform/sluice"

  # Lambda wants the digest in base64, SHA256SUMS has it in hexadecimal: 3 bytes are 4 characters, and the last 2 bytes 3 and a =.
  base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
  release_hash = { for digest, address in local.release : digest => join("", concat(
    flatten([for start in range(0, 60, 6) : [for shift in [262144, 4096, 64, 1] :
      substr(local.base64, floor(parseint(substr(digest, start, 6), 16) / shift) % 64, 1)
    ]]),
    [for shift in [4096, 64, 1] : substr(local.base64, floor(parseint(substr(digest, 60, 4), 16) * 4 / shift) % 64, 1)],
    ["="],
  )) }

  package = var.function_s3_object != null ? var.function_s3_object : one([
    for digest, address in local.release : {
      bucket  = aws_s3_object.release[digest].bucket
      key     = aws_s3_object.release[digest].key
      version = null
      sha256  = local.release_hash[digest]
    }
  ])
}

resource "terraform_data" "release" {
  for_each = local.release

  triggers_replace = [each.key, each.value]

  provisioner "local-exec" {
    command     = "${path.module}/download"
    interpreter = ["sh"]

    environment = {
      ADDRESS = each.value
      SHA256  = each.key
      FILE    = "${local.release_file}/${each.key}.zip"
    }
  }
}

resource "aws_s3_bucket" "release" {
  count = var.function_release == null ? 0 : 1

  bucket = "${local.name}-packages-${local.account_id}"
  tags   = var.tags
}

resource "aws_s3_bucket_public_access_block" "release" {
  count = var.function_release == null ? 0 : 1

  bucket                  = aws_s3_bucket.release[0].id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_object" "release" {
  for_each = local.release

  bucket      = aws_s3_bucket.release[0].bucket
  key         = "${each.key}.zip"
  source      = "${local.release_file}/${each.key}.zip"
  source_hash = each.key
  tags        = var.tags

  depends_on = [terraform_data.release, aws_s3_bucket_public_access_block.release]
}
