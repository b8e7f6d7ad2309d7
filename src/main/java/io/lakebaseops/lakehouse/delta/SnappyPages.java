package io.lakebaseops.lakehouse.delta;

import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

import java.io.IOException;

/// Compresses pages of Parquet files with Snappy, without Hadoop's pool of streams.
enum SnappyPages implements BytesInputCompressor {
    INSTANCE;

    @Override
    public BytesInput compress(BytesInput page) throws IOException {
        return BytesInput.from(Snappy.compress(page.toByteArray()));
    }

    @Override
    public CompressionCodecName getCodecName() {
        return CompressionCodecName.SNAPPY;
    }

    @Override
    public void release() {}
}
